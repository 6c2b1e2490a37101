package io.ordinal.controller.node;

import io.ordinal.controller.model.NodeStanding.Standing;
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
   * has one of its state directory, vouches that every fenced life of that one has ended, and so
   * does another boot of the machine. A session that was never renewed had no lease, so nothing
   * fenced ran in it: going on with it is what an agent wants whose Welcome was lost. An agent that
   * names an older session than one that was renewed vouches for nothing: its state directory is a
   * copy, and the original may be alive.
   *
   * @param latest the latest session of the node's name
   * @param renewed whether its lease was ever renewed
   * @param calledOff whether an operator's taint says that the machine is off
   */
  static Registration decide(
      Hello hello, Optional<SessionRecord> latest, boolean renewed, boolean calledOff) {
    if (calledOff && latest.filter(last -> last.standing() == Standing.OFF).isPresent()) {
      return new Wait(off(hello));
    }
    if (latest.isEmpty() || latest.get().standing().over()) return new Open(Optional.empty());
    SessionRecord current = latest.get();
    Session session = current.session();
    if (!session.stateUuid().equals(hello.stateUuid())) return new Wait(taken(hello, current));
    if (!session.bootId().equals(hello.bootId())) return new Open(latest);
    if (!renewed || hello.previous().equals(Optional.of(session))) return new Resume(current);
    return hello.previous().isEmpty() ? new Open(latest) : new Wait(copied(hello, session));
  }

  private static String off(Hello hello) {
    return "node "
        + hello.node()
        + " was declared off by the taint "
        + OutOfService.TAINT
        + "; it may register when the taint is removed";
  }

  private static String taken(Hello hello, SessionRecord current) {
    Session session = current.session();
    boolean resting = current.standing() == Standing.RESTING;
    String until =
        resting
            ? " is declared off (it rests by plan, so its lease does not lapse): kubectl taint node "
                + (hello.node() + " " + OutOfService.TAINT + "=:NoExecute")
            : " has lapsed";
    return "node name "
        + hello.node()
        + " belongs to another state directory ("
        + session.stateUuid()
        + ", this one is "
        + hello.stateUuid()
        + ") until the lease of its session "
        + session.number()
        + until
        + "; if that is another machine, give one of them another name";
  }

  private static String copied(Hello hello, Session session) {
    return "the state directory of node "
        + hello.node()
        + " remembers session "
        + hello.previous().map(Session::number).orElse(0L)
        + ", the log its later session "
        + session.number()
        + ": is it a copy? It may register when the lease of that one has lapsed";
  }
}
