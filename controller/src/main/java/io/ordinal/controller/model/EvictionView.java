package io.ordinal.controller.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A pod that somebody wants evicted, among the replicas of its ordered set.
 *
 * @param ordinal its own
 * @param node where it is
 * @param nodeClosed whether that node takes no more pods: it is being emptied
 * @param wanted ordinals that the set is to have, ascending
 * @param siblings the other replicas of the set that exist
 */
public record EvictionView(
    int ordinal, String node, boolean nodeClosed, List<Integer> wanted, List<Sibling> siblings) {

  /**
   * Another replica of the same set.
   *
   * @param node where it is, or empty
   * @param available ready for long enough and not leaving
   * @param stuck nobody can place it: waiting for it would help nothing
   * @param unreadySince only meaningful when it is not available
   * @param leavingUntil the end of its grace, when its deletion was asked for or is about to be
   */
  public record Sibling(
      int ordinal,
      String name,
      String node,
      boolean available,
      boolean stuck,
      Instant unreadySince,
      Optional<Instant> leavingUntil) {
    /** The same, known to be leaving. */
    public Sibling leaving(Instant until) {
      return new Sibling(
          ordinal,
          name,
          node,
          available,
          stuck,
          unreadySince,
          leavingUntil.or(() -> Optional.of(until)));
    }
  }
}
