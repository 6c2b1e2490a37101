package io.ordinal.controller.model;

import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.protocol.id.MachineId;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.util.Optional;

/**
 * A session as the log keeps it: ready <-> resting; both -> closed | off; ready -> fenced; fenced
 * and closed -> off. Only these moves exist; what is over stays over.
 *
 * @param address where the node is reached
 * @param agent serialized reference of the agent's actor
 * @param rested number of the request for the last rest, which counts on from those of renewals; 0
 *     before the first
 * @param machine that it is on; empty while that is not known
 * @param lease how long each of its grants lets fenced lives run. It belongs to the session: a
 *     controller with other settings must not think that it ran out before the node does
 */
public record SessionRecord(
    Session session,
    Standing standing,
    String address,
    String agent,
    long rested,
    Optional<MachineId> machine,
    Duration lease) {
  public SessionRecord {
    if (lease.isZero() || lease.isNegative()) {
      throw new IllegalArgumentException("session " + session + " with a lease of " + lease);
    }
  }

  public static SessionRecord opened(
      Session session, Optional<MachineId> machine, String address, String agent, Duration lease) {
    return new SessionRecord(session, Standing.READY, address, agent, 0, machine, lease);
  }

  /** The same stay, reached elsewhere: the agent was restarted or the machine got a new address. */
  public SessionRecord reachedAt(String newAddress, String newAgent) {
    if (standing.over()) throw illegal(standing);
    return new SessionRecord(session, standing, newAddress, newAgent, rested, machine, lease);
  }

  /** The same stay, once it is known on which machine: the agent may be newer than the session. */
  public SessionRecord on(Optional<MachineId> found) {
    return machine.isPresent()
        ? this
        : new SessionRecord(session, standing, address, agent, rested, found, lease);
  }

  /** Grants that last longer from now on. Never shorter: the node may still go by the former. */
  public SessionRecord lastingAtLeast(Duration wanted) {
    Duration longer = wanted.compareTo(lease) > 0 ? wanted : lease;
    return new SessionRecord(session, standing, address, agent, rested, machine, longer);
  }

  /** Whether this is surely another machine than the session's. */
  public boolean elsewhere(Optional<MachineId> found) {
    return machine.isPresent() && found.isPresent() && !machine.equals(found);
  }

  /** Whether this is surely the session's machine. */
  public boolean here(Optional<MachineId> found) {
    return machine.isPresent() && machine.equals(found);
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
    return new SessionRecord(session, Standing.RESTING, address, agent, sequence, machine, lease);
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
    return new SessionRecord(session, Standing.READY, address, agent, rested, machine, lease);
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
    return new SessionRecord(session, how, address, agent, rested, machine, lease);
  }

  private IllegalStateException illegal(Standing next) {
    return new IllegalStateException("session " + session + " is " + standing + ", not " + next);
  }
}
