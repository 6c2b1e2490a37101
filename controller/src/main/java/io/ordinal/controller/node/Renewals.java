package io.ordinal.controller.node;

import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Outcome;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest.Renew;
import io.ordinal.protocol.id.Session;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Commits the lease renewals of a tick in one transaction and grants them afterwards. At most one
 * transaction is under way; what arrives meanwhile is the next tick's.
 */
final class Renewals extends AbstractBehavior<Renewals.Command> {
  sealed interface Command {}

  record Ask(Renew renewal) implements Command {}

  private record Tick() implements Command {}

  private record Settled(RenewalBatch batch, Optional<Outcome> outcome) implements Command {}

  private record Failed(int renewals, Throwable cause) implements Command {}

  private final TimerScheduler<Command> timers;
  private final ObjectStore store;
  private final NodeSettings settings;
  private final Function<Renew, String> agent;
  private final InstantSource clock;
  private final Map<Session, Renew> waiting = new HashMap<>();
  private boolean underWay;

  /**
   * @param agent serialized reference of a renewal's agent
   * @param clock for the times that people read
   */
  static Behavior<Command> create(
      ObjectStore store,
      NodeSettings settings,
      Function<Renew, String> agent,
      InstantSource clock) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new Renewals(context, timers, store, settings, agent, clock)));
  }

  private Renewals(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ObjectStore store,
      NodeSettings settings,
      Function<Renew, String> agent,
      InstantSource clock) {
    super(context);
    this.clock = clock;
    this.timers = timers;
    this.store = store;
    this.settings = settings;
    this.agent = agent;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Ask.class, this::onAsk)
        .onMessage(Tick.class, this::onTick)
        .onMessage(Settled.class, this::onSettled)
        .onMessage(Failed.class, this::onFailed)
        .build();
  }

  private Behavior<Command> onAsk(Ask ask) {
    waiting.put(ask.renewal().session(), ask.renewal()); // The last to arrive was the last sent.
    tickLater();
    return this;
  }

  private Behavior<Command> onTick(Tick tick) {
    if (underWay || waiting.isEmpty()) return this; // Settled or Failed ticks again.
    underWay = true;
    List<Renew> renewals = List.copyOf(waiting.values());
    waiting.clear();
    CompletionStage<Command> settled =
        store
            .read(
                Freshness.LINEARIZABLE,
                view -> RenewalBatch.of(view, renewals, agent, clock.instant()))
            .thenCompose(batch -> commit(batch).thenApply(out -> new Settled(batch, out)));
    getContext()
        .pipeToSelf(
            settled,
            (done, failure) -> failure == null ? done : new Failed(renewals.size(), failure));
    return this;
  }

  private Behavior<Command> onSettled(Settled settled) {
    underWay = false;
    for (Renew over : settled.batch().lapsed()) {
      over.agent().tell(new AgentCommand.Lapsed(over.session()));
    }
    List<RenewalBatch.Grant> grants = settled.batch().granted();
    if (settled.outcome().orElse(null) instanceof Outcome.Refused) {
      // A session changed since the read: judge all of them again.
      for (RenewalBatch.Grant grant : grants) {
        waiting.putIfAbsent(grant.renewal().session(), grant.renewal());
      }
    } else {
      grants.forEach(Renewals::answer);
    }
    tickLater();
    return this;
  }

  private static void answer(RenewalBatch.Grant grant) {
    Renew renewal = grant.renewal();
    renewal
        .agent()
        .tell(new AgentCommand.Granted(renewal.session(), renewal.sequence(), grant.resting()));
  }

  /** Nobody is answered: whether the renewals took effect is unknown, and the agents ask again. */
  private Behavior<Command> onFailed(Failed failed) {
    underWay = false;
    getContext()
        .getLog()
        .warn(
            "{} renewals could not be committed: {}", failed.renewals(), failed.cause().toString());
    tickLater();
    return this;
  }

  private CompletionStage<Optional<Outcome>> commit(RenewalBatch batch) {
    return batch.granted().isEmpty()
        ? CompletableFuture.completedFuture(Optional.empty())
        : store.commit(batch.transaction()).thenApply(Optional::of);
  }

  private void tickLater() {
    if (!waiting.isEmpty() && !underWay && !timers.isTimerActive(Tick.class)) {
      timers.startSingleTimer(Tick.class, new Tick(), settings.renewalTick());
    }
  }
}
