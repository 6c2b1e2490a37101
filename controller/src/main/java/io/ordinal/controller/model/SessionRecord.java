package io.ordinal.controller.model;

import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.protocol.id.Session;

/**
 * A session as the log keeps it: ready <-> resting; both -> closed | off; ready -> fenced; fenced
 * and closed -> off. Only these moves exist; what is over stays over.
 *
 * @param address where the node is reached
 * @param agent serialized reference of the agent's actor
 * @param rested number of the request for the last rest, which counts on from those of renewals; 0
 *     before the first
 */
public record SessionRecord(
    Session session, Standing standing, String address, String agent, long rested) {
  public static SessionRecord opened(Session session, String address, String agent) {
    return new SessionRecord(session, Standing.READY, address, agent, 0);
  }

  /** The same stay, reached elsewhere: the agent was restarted or the machine got a new address. */
  public SessionRecord reachedAt(String newAddress, String newAgent) {
    if (standing.over()) throw illegal(standing);
    return new SessionRecord(session, standing, newAddress, newAgent, rested);
  }

  /**
   * Whether a request for rest changes anything. A later one of a session that rests already does:
   * a word that was said in between, that the deadlines are armed again, must not count any more.
   */
  public boolean mayRest(long sequence) {
    return standing == Standing.READY || standing == Standing.RESTING && sequence > rested;
  }

  /** A planned stop. */
  public SessionRecord resting(long sequence) {
    if (!mayRest(sequence)) throw illegal(Standing.RESTING);
    return new SessionRecord(session, Standing.RESTING, address, agent, sequence);
  }

  /**
   * Whether a word that the deadlines are armed again since this grant counts. One from before the
   * rest does not: they were lifted since.
   */
  public boolean mayBeArmed(long sequence) {
    return standing == Standing.RESTING && sequence >= rested;
  }

  /** The lease counts again. */
  public SessionRecord armed(long sequence) {
    if (!mayBeArmed(sequence)) throw illegal(Standing.READY);
    return new SessionRecord(session, Standing.READY, address, agent, rested);
  }

  /** The lease ran out. Never of a resting session: its deadlines are lifted. */
  public SessionRecord fenced() {
    if (standing != Standing.READY) throw illegal(Standing.FENCED);
    return ended(Standing.FENCED);
  }

  public SessionRecord closed() {
    if (standing.over()) throw illegal(Standing.CLOSED);
    return ended(Standing.CLOSED);
  }

  /** An operator's word. */
  public SessionRecord off() {
    if (standing == Standing.OFF) throw illegal(Standing.OFF);
    return ended(Standing.OFF);
  }

  private SessionRecord ended(Standing how) {
    return new SessionRecord(session, how, address, agent, rested);
  }

  private IllegalStateException illegal(Standing next) {
    return new IllegalStateException("session " + session + " is " + standing + ", not " + next);
  }
}
