package io.ordinal.agent.volume;

import io.ordinal.protocol.agent.LifeOrder;
import java.time.Duration;

/**
 * A life and a volume that several machines see, as the volume itself says.
 *
 * @param volume its name: a directory is never taken for another volume's
 * @param stateUuid of the life's node: two machines may have one name
 * @param released no process of the life exists any more, or it was kept from writing
 * @param step how far it came; absent in marks of owners that older releases wrote
 * @param hookMillis how long a hook that it runs can take at most
 * @param run of a hook, a name that no other run has; empty where none runs
 */
record SharedMark(
    String volume,
    long incarnation,
    String identity,
    String node,
    String stateUuid,
    boolean released,
    Step step,
    Long hookMillis,
    String run) {

  /** How far a life came with a volume. */
  enum Step {
    /** It is to have the volume; no hook runs for it. */
    INTENDED,
    /** Its node may be running the hook against one of the owners before it, once. */
    FENCING,
    /** It may have processes that write. */
    OWNER
  }

  SharedMark {
    if (step == null) step = Step.OWNER;
    if (hookMillis == null) hookMillis = 0L;
    if (run == null) run = "";
  }

  /** As its owner. */
  static SharedMark of(String volume, LifeOrder owner) {
    return new SharedMark(
        volume,
        owner.incarnation().value(),
        owner.replica().toString(),
        owner.session().node().value(),
        owner.session().stateUuid().toString(),
        false,
        Step.OWNER,
        0L,
        "");
  }

  SharedMark left() {
    return new SharedMark(
        volume, incarnation, identity, node, stateUuid, true, step, hookMillis, run);
  }

  SharedMark intended() {
    return new SharedMark(
        volume, incarnation, identity, node, stateUuid, released, Step.INTENDED, 0L, "");
  }

  /**
   * @param most how long the hook can take
   * @param name of this run of it
   */
  SharedMark fencing(Duration most, String name) {
    long millis = most.toMillis();
    return new SharedMark(
        volume, incarnation, identity, node, stateUuid, released, Step.FENCING, millis, name);
  }

  /** Of one life: lives of two identities may have the same number. */
  boolean isOf(SharedMark other) {
    return incarnation == other.incarnation
        && identity.equals(other.identity)
        && sameMachine(other);
  }

  boolean sameIdentity(SharedMark other) {
    return identity.equals(other.identity);
  }

  boolean sameMachine(SharedMark other) {
    return stateUuid.equals(other.stateUuid);
  }

  /** One order for all; identities decide between equal numbers. */
  boolean isAfter(SharedMark other) {
    return incarnation != other.incarnation
        ? incarnation > other.incarnation
        : identity.compareTo(other.identity) > 0;
  }
}
