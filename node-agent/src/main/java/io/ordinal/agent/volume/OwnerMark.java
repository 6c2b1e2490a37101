package io.ordinal.agent.volume;

import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who owns a volume. Pure.
 *
 * @param incarnation of the last owner: nobody older may have the volume again
 * @param identity of the last owner
 * @param holders lives that have the volume on this node, by identity: pods may share a claim
 */
record OwnerMark(long incarnation, String identity, Map<String, Long> holders) {
  static final OwnerMark NONE = new OwnerMark(0, "", Map.of());

  OwnerMark {
    holders = Map.copyOf(holders);
  }

  /** Whether this life has the volume on this node. */
  boolean holds(ReplicaId replica, Incarnation by) {
    Long held = holders.get(replica.toString());
    return held != null && held == by.value();
  }

  /**
   * The mark with this life as the owner.
   *
   * @return empty when the volume belongs to a later life
   */
  Optional<OwnerMark> taken(ReplicaId replica, Incarnation by) {
    String name = replica.toString();
    Long held = holders.get(name);
    if (holds(replica, by)) return Optional.of(this);
    boolean older = by.value() < incarnation || held != null && by.value() < held;
    if (older) return Optional.empty();
    Map<String, Long> next = new TreeMap<>(holders);
    next.put(name, by.value());
    return Optional.of(new OwnerMark(by.value(), name, next));
  }

  /** The life ended. */
  OwnerMark left(ReplicaId replica, Incarnation by) {
    Map<String, Long> next = new TreeMap<>(holders);
    next.remove(replica.toString(), by.value());
    return new OwnerMark(incarnation, identity, next);
  }

  /** With what the volume itself carries, should another node have had it. */
  OwnerMark atLeast(long carried) {
    return carried <= incarnation ? this : new OwnerMark(carried, identity, Map.of());
  }
}
