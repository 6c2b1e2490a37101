package io.ordinal.controller.node;

import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.id.NodeName;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns away agents that speak for another machine's node. May be used by any thread. */
final class Doorkeeper {
  private static final Logger LOG = LoggerFactory.getLogger(Doorkeeper.class);
  private static final Consumer<String> SILENTLY = reason -> {};
  private final Admission admission;
  private final Optional<String> here;

  /** By node, what was said last: it knocks every second. */
  private final Map<NodeName, String> told = new ConcurrentHashMap<>();

  Doorkeeper(Admission admission, ActorSystem<?> system) {
    this.admission = admission;
    ExtendedActorSystem classic = (ExtendedActorSystem) Adapter.toClassic(system);
    this.here = classic.provider().getDefaultAddress().getHost();
  }

  void admit(NodeName node, ActorRef<AgentCommand> agent, Runnable then) {
    admit(node, agent, then, SILENTLY);
  }

  /**
   * @param then runs here and now as a rule, otherwise on a thread of the store
   * @param otherwise is told why not
   */
  void admit(
      NodeName node, ActorRef<AgentCommand> agent, Runnable then, Consumer<String> otherwise) {
    Optional<String> host = agent.path().address().getHost().or(() -> here);
    if (host.isEmpty()) {
      then.run(); // No actor system here is reached from elsewhere.
      return;
    }
    admission
        .obstacle(node, host.get())
        .whenComplete(
            (obstacle, failure) -> {
              if (failure != null) {
                LOG.info("who speaks for {} cannot be told: {}", node, failure.toString());
                otherwise.accept("the store does not answer: " + failure.getMessage());
              } else if (obstacle.isEmpty()) {
                then.run();
              } else {
                refuse(node, obstacle.get());
                otherwise.accept(obstacle.get());
              }
            });
  }

  private void refuse(NodeName node, String reason) {
    if (!reason.equals(told.put(node, reason))) LOG.warn("an agent is refused: {}", reason);
  }
}
