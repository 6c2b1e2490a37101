package io.ordinal.controller.node;

import io.ordinal.controller.model.SessionRecord;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.LogChunk;
import io.ordinal.protocol.agent.NodeUsage;
import io.ordinal.protocol.agent.StreamAnswer;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reaches agents by the reference that their last introduction left in the session's record, so
 * that every controller can, and goes on to after a restart of the agent.
 */
public final class AgentRoutes implements Agents, Usages {
  private static final Logger LOG = LoggerFactory.getLogger(AgentRoutes.class);

  private final ActorSystem<?> system;
  private final ObjectStore store;
  private final NodeSettings settings;
  private final AtomicInteger turns = new AtomicInteger();

  public AgentRoutes(ActorSystem<?> system, ObjectStore store, NodeSettings settings) {
    this.system = system;
    this.store = store;
    this.settings = settings;
  }

  /**
   * Goes to whoever has the session's state directory now: a kept life of an earlier session is
   * still that machine's.
   */
  @Override
  public void tell(Session session, AgentCommand command) {
    deliver(
        view ->
            latest(view, session.node())
                .filter(now -> now.session().stateUuid().equals(session.stateUuid())),
        command);
  }

  @Override
  public void tell(NodeName node, AgentCommand command) {
    deliver(view -> latest(view, node), command);
  }

  /** Best effort, to one of the nodes that are ready; to another one the next time. */
  public void tellAny(AgentCommand command) {
    int turn = turns.getAndIncrement();
    deliver(view -> ready(view, turn), command);
  }

  private static Optional<SessionRecord> ready(View view, int turn) {
    List<SessionRecord> ready =
        Sessions.latest(view).stream()
            .map(Sessions.Entry::record)
            .filter(each -> each.standing().takesLives())
            .filter(each -> Sessions.late(view, each.session()).isEmpty())
            .toList();
    return ready.isEmpty()
        ? Optional.empty()
        : Optional.of(ready.get(Math.floorMod(turn, ready.size())));
  }

  private void deliver(Function<View, Optional<SessionRecord>> whom, AgentCommand command) {
    store
        .read(Freshness.LOCAL, view -> whom.apply(view).map(SessionRecord::agent))
        .thenAccept(agent -> agent.ifPresent(path -> reach(path).tell(command)))
        .exceptionally(
            failure -> {
              LOG.info("not sent: {}, because {}", command, failure.toString());
              return null;
            });
  }

  @Override
  public CompletionStage<LogChunk> readLog(
      NodeName node, Function<ActorRef<LogChunk>, AgentCommand.ReadLog> request) {
    return ask(node, request, request.apply(system.<LogChunk>deadLetters()).patience());
  }

  @Override
  public CompletionStage<StreamAnswer> openStream(
      NodeName node, Function<ActorRef<StreamAnswer>, AgentCommand.OpenStream> request) {
    return ask(node, request, Duration.ZERO);
  }

  private <T, C extends AgentCommand> CompletionStage<T> ask(
      NodeName node, Function<ActorRef<T>, C> request, Duration patience) {
    return store
        .read(Freshness.LOCAL, view -> latest(view, node).map(SessionRecord::agent))
        .thenCompose(
            agent ->
                agent
                    .map(path -> ask(path, request, patience))
                    .orElseGet(() -> CompletableFuture.failedFuture(unknown(node))));
  }

  private <T, C extends AgentCommand> CompletionStage<T> ask(
      String path, Function<ActorRef<T>, C> request, Duration patience) {
    return AskPattern.ask(
        reach(path), request::apply, patience.plus(settings.logAnswer()), system.scheduler());
  }

  @Override
  public CompletionStage<NodeUsage> of(NodeName node, Duration patience) {
    return store
        .read(Freshness.LOCAL, view -> latest(view, node).map(SessionRecord::agent))
        .thenCompose(
            agent ->
                agent.isEmpty()
                    ? CompletableFuture.failedFuture(unknown(node))
                    : AskPattern.ask(
                        reach(agent.get()),
                        AgentCommand.ReadUsage::new,
                        patience,
                        system.scheduler()));
  }

  private ActorRef<AgentCommand> reach(String path) {
    ActorRef<AgentCommand> agent = ActorRefResolver.get(system).resolveActorRef(path);
    Knock.at(agent, system);
    return agent;
  }

  private static Optional<SessionRecord> latest(View view, NodeName node) {
    return Sessions.latest(view, node).map(Sessions.Entry::record);
  }

  private static StoreUnavailable unknown(NodeName node) {
    return new StoreUnavailable("no session of node " + node + " is known", null);
  }
}
