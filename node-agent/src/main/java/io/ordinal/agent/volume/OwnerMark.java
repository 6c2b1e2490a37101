package io.ordinal.agent.volume;

import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who has and had a volume on this node. Pods may share a claim, so only lives of one identity are
 * ordered: whoever begins last need not be the one that was decided on last. Pure.
 *
 * @param incarnation the highest that had it
 * @param identity of that one; empty when another machine had it, and the volume says so
 * @param holders lives that have the volume on this node, by identity
 * @param last the highest of each identity; absent in marks that older releases wrote
 * @param elsewhere the highest that another machine had, as the volume says: nobody older may have
 *     it again; absent in marks that older releases wrote
 */
record OwnerMark(
    long incarnation,
    String identity,
    Map<String, Long> holders,
    Map<String, Long> last,
    Long elsewhere) {
  static final OwnerMark NONE = new OwnerMark(0, "", Map.of(), Map.of(), 0L);

  OwnerMark {
    holders = Map.copyOf(holders);
    last = last == null ? known(incarnation, identity, holders) : Map.copyOf(last);
    if (elsewhere == null) elsewhere = identity.isEmpty() ? incarnation : 0L;
  }

  private static Map<String, Long> known(
      long incarnation, String identity, Map<String, Long> holders) {
    Map<String, Long> known = new TreeMap<>(holders);
    if (!identity.isEmpty()) known.merge(identity, incarnation, Math::max);
    return Map.copyOf(known);
  }

  /** Whether this life has the volume on this node. */
  boolean holds(ReplicaId replica, Incarnation by) {
    Long held = holders.get(replica.toString());
    return held != null && held == by.value();
  }

  /**
   * The mark with this life as an owner.
   *
   * @param remember how many identities that have it no more are kept: the latest
   * @return empty when the volume belongs to a later life
   */
  Optional<OwnerMark> taken(ReplicaId replica, Incarnation by, int remember) {
    String name = replica.toString();
    if (holds(replica, by)) return Optional.of(this);
    if (by.value() < floor(replica)) return Optional.empty();
    Map<String, Long> having = new TreeMap<>(holders);
    having.put(name, by.value());
    Map<String, Long> had = new TreeMap<>(last);
    had.put(name, by.value());
    boolean highest = by.value() >= incarnation;
    return Optional.of(
        new OwnerMark(
            Math.max(by.value(), incarnation),
            highest ? name : identity,
            having,
            latest(had, having, remember),
            elsewhere));
  }

  /** Who is the later one, for people. */
  long floor(ReplicaId replica) {
    return Math.max(last.getOrDefault(replica.toString(), 0L), elsewhere);
  }

  private static Map<String, Long> latest(
      Map<String, Long> had, Map<String, Long> having, int remember) {
    Map<String, Long> kept = new TreeMap<>();
    had.entrySet().stream()
        .filter(each -> !having.containsKey(each.getKey()))
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(remember)
        .forEach(each -> kept.put(each.getKey(), each.getValue()));
    kept.putAll(having);
    return kept;
  }

  /** The life ended. */
  OwnerMark left(ReplicaId replica, Incarnation by) {
    Map<String, Long> next = new TreeMap<>(holders);
    next.remove(replica.toString(), by.value());
    return new OwnerMark(incarnation, identity, next, last, elsewhere);
  }

  /** With what the volume itself carries, should another node have had it. */
  OwnerMark atLeast(long carried) {
    return carried <= incarnation ? this : new OwnerMark(carried, "", Map.of(), last, carried);
  }
}
