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

  /**
   * The agent goes on with a session of this directory that is later than any in the log: the log
   * was restored from a backup. Its fenced lives must end before another session begins.
   */
  record Ahead(SessionRecord current) implements Registration {}

  /** Not now. */
  record Wait(String reason) implements Registration {}

  /**
   * An agent that names its previous session goes on with it. A session is closed by an agent that
   * vouches for it by name, or for a later one of its state directory; and by one that knew it on
   * the same machine, when that has been started anew since. Both may be said late: whoever does
   * not know the session speaks of a time before it, or is a copy of the state directory, and the
   * session may be alive.
   *
   * <p>A session that was never renewed had no lease, so nothing fenced ran in it: going on with it
   * is what an agent wants whose Welcome was lost.
   *
   * <p>Another machine with the same state directory never follows a session unless an operator
   * says that the session's machine is off: it would speak for kept lives that may run there.
   *
   * @param latest the latest session of the node's name
   * @param renewed whether its lease was ever renewed
   * @param calledOff whether an operator's taint says that the machine is off
   */
  static Registration decide(
      Hello hello, Optional<SessionRecord> latest, boolean renewed, boolean calledOff) {
    if (latest.isEmpty()) return new Open(Optional.empty());
    SessionRecord current = latest.get();
    if (current.standing() == Standing.OFF) {
      return calledOff ? new Wait(Refusals.off(hello)) : new Open(Optional.empty());
    }
    boolean ownDirectory = current.session().stateUuid().equals(hello.stateUuid());
    boolean elsewhere = current.elsewhere(hello.machine());
    if (ownDirectory && elsewhere) return new Wait(Refusals.directoryOfAnother(hello, current));
    if (current.standing().over()) return new Open(Optional.empty());
    if (elsewhere) return new Wait(Refusals.twoMachines(hello, current));
    return ownDirectory
        ? ofOwnDirectory(hello, current, renewed)
        : new Wait(Refusals.otherDirectory(hello, current));
  }

  private static Registration ofOwnDirectory(Hello hello, SessionRecord current, boolean renewed) {
    Session session = current.session();
    if (knows(hello.ended(), session)) return new Open(Optional.of(current));
    if (ahead(hello, session)) return new Ahead(current);
    if (session.bootId().equals(hello.bootId())) {
      boolean goesOn = !renewed || hello.previous().equals(Optional.of(session));
      return goesOn ? new Resume(current) : new Wait(Refusals.unknown(hello, current));
    }
    boolean rebooted = knows(hello.previous(), session) && current.here(hello.machine());
    return rebooted || !renewed
        ? new Open(Optional.of(current))
        : new Wait(Refusals.unknown(hello, current));
  }

  /** Another boot is not: what ran under the session has ended with its own. */
  private static boolean ahead(Hello hello, Session session) {
    return knows(hello.previous(), session)
        && !hello.previous().equals(Optional.of(session))
        && hello.previous().get().bootId().equals(hello.bootId());
  }

  private static boolean knows(Optional<Session> named, Session session) {
    return named
        .filter(each -> each.stateUuid().equals(session.stateUuid()))
        .filter(each -> each.number() >= session.number())
        .isPresent();
  }
}
