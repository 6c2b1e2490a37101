package io.ordinal.controller.node;

import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.id.Session;
import org.apache.pekko.actor.typed.ActorRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes an agent's word on a life to its replica and tells the agent once it is durable. */
final class Reports {
  private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

  private Reports() {}

  /** When it fails the agent hears nothing, and reports again. */
  static void pass(Lives lives, Session session, LifeStatus status, ActorRef<AgentCommand> agent) {
    lives
        .report(session, status)
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                agent.tell(
                    new AgentCommand.Noted(
                        status.replica(), status.incarnation(), status.version()));
              } else {
                LOG.debug("report on {} not noted: {}", status.replica(), failure.toString());
              }
            });
  }
}
