package io.ordinal.controller.node;

import io.ordinal.controller.model.SessionRecord;
import io.ordinal.protocol.agent.FrontDoorRequest.Hello;
import io.ordinal.protocol.id.Session;
import java.util.Optional;

/** What becomes of an agent's introduction. Pure. */
sealed interface Registration {
  /** The session of this state directory goes on. */
  record Resume(SessionRecord session) implements Registration {}

  /**
   * A new session begins.
   *
   * @param closing the one that this state directory had, which ends with it
   */
  record Open(Optional<SessionRecord> closing) implements Registration {}

  /** Not now. */
  record Wait(String reason) implements Registration {}

  /**
   * An agent that names its previous session goes on with it; one that names none, although the log
   * has one of its state directory, vouches that every fenced life of that one has ended. A session
   * that was never renewed had no lease, so nothing fenced ran in it: going on with it is what an
   * agent wants whose Welcome was lost.
   *
   * @param latest the latest session of the node's name
   * @param renewed whether its lease was ever renewed
   */
  static Registration decide(Hello hello, Optional<SessionRecord> latest, boolean renewed) {
    if (latest.isEmpty() || latest.get().standing().over()) return new Open(Optional.empty());
    SessionRecord current = latest.get();
    Session session = current.session();
    if (!session.stateUuid().equals(hello.stateUuid())) return new Wait(taken(hello, session));
    boolean sameBoot = session.bootId().equals(hello.bootId());
    boolean goesOn = !renewed || hello.previous().equals(Optional.of(session));
    return sameBoot && goesOn ? new Resume(current) : new Open(latest);
  }

  private static String taken(Hello hello, Session session) {
    return "node name "
        + hello.node()
        + " belongs to another state directory ("
        + session.stateUuid()
        + ", this one is "
        + hello.stateUuid()
        + ") until the lease of its session "
        + session.number()
        + " has lapsed; if that is another machine, give one of them another name";
  }
}
