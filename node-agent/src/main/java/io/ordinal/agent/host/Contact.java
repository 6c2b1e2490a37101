package io.ordinal.agent.host;

import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.time.Instant;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * How the agent stands with the controllers: clearing -> seeking -> greeting -> registered (->
 * resting -> at rest).
 */
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
   * @param heardAt when the front door last granted the lease: words of other controllers come too
   */
  record Registered(ActorRef<FrontDoorRequest> door, Session session, Instant heardAt)
      implements Contact {
    Registered at(ActorRef<FrontDoorRequest> answering, Instant now) {
      return new Registered(answering, session, now);
    }

    boolean silentFor(Duration patience, Instant now) {
      return !heardAt.plus(patience).isAfter(now);
    }

    void renew(long sequence, ActorRef<AgentCommand> agent) {
      door.tell(new FrontDoorRequest.Renew(session, sequence, agent));
    }

    /** Said to controllers that believe that the session rests. */
    void armed(long sequence, ActorRef<AgentCommand> agent) {
      door.tell(new FrontDoorRequest.Armed(session, sequence, agent));
    }
  }

  /**
   * A planned stop: the session is to rest, and is not renewed meanwhile.
   *
   * @param sequence of the request
   * @param since when it was first made here
   */
  record Resting(ActorRef<FrontDoorRequest> door, Session session, long sequence, Instant since)
      implements Contact {
    boolean silentFor(Duration patience, Instant now) {
      return !since.plus(patience).isAfter(now);
    }

    void ask(ActorRef<AgentCommand> agent) {
      door.tell(new FrontDoorRequest.Rest(session, sequence, agent));
    }
  }

  /** The session rests: nothing more is said by this agent. */
  record AtRest() implements Contact {}
}
