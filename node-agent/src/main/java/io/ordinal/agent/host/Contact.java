package io.ordinal.agent.host;

import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.id.Session;
import java.time.Instant;
import org.apache.pekko.actor.typed.ActorRef;

/** How the agent stands with the controllers: clearing -> seeking -> greeting -> registered. */
sealed interface Contact {
  /** No Hello may be said yet: taking stock, or fenced lives of a lapsed session still run. */
  record Clearing() implements Contact {}

  /** Looking for a front door. */
  record Seeking() implements Contact {}

  /** Hello was said. */
  record Greeting(ActorRef<FrontDoorRequest> door) implements Contact {}

  /**
   * The session is held.
   *
   * @param heardAt when the front door last said something
   */
  record Registered(ActorRef<FrontDoorRequest> door, Session session, Instant heardAt)
      implements Contact {
    Registered heard(Instant now) {
      return new Registered(door, session, now);
    }
  }
}
