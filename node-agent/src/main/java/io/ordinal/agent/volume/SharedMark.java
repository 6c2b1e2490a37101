package io.ordinal.agent.volume;

import io.ordinal.protocol.agent.LifeOrder;

/**
 * An owner of a volume that several machines see, as the volume itself says.
 *
 * @param volume its name: a directory is never taken for another volume's
 * @param stateUuid of the owner's node: two machines may have one name
 * @param released no process of the owner exists any more; its node said so
 */
record SharedMark(
    String volume,
    long incarnation,
    String identity,
    String node,
    String stateUuid,
    boolean released) {

  static SharedMark of(String volume, LifeOrder owner) {
    return new SharedMark(
        volume,
        owner.incarnation().value(),
        owner.replica().toString(),
        owner.session().node().value(),
        owner.session().stateUuid().toString(),
        false);
  }

  SharedMark left() {
    return new SharedMark(volume, incarnation, identity, node, stateUuid, true);
  }

  /** Whether this mark stands there: lives of two identities may have the same number. */
  boolean isAlready(SharedMark found) {
    return incarnation == found.incarnation && stateUuid.equals(found.stateUuid);
  }

  /** Whether the owner's machine may still write: it is another one, and has not let go. */
  boolean mayWriteElsewhere(SharedMark next) {
    return !released && !stateUuid.equals(next.stateUuid);
  }
}
