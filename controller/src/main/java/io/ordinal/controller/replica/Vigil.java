package io.ordinal.controller.replica;

import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.controller.replica.ReplicaState.Stay;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a look at a session that goes on does to a life placed there. Pure. */
final class Vigil {
  private Vigil() {}

  /**
   * The life afterwards, if something changes.
   *
   * @param number of the record that the change would be written in
   */
  static Optional<Placed> of(Placed placed, StandingSight sight, long number, Instant now) {
    Placed next =
        sight.late().map(why -> unheard(placed, why, now)).orElseGet(() -> heardAgain(placed));
    List<Lack> lacks = lacks(placed, sight);
    if (!lacks.isEmpty()) next = lacking(next, lacks, now);
    if (sight.wish().isPresent()) next = wished(next, sight.wish().get(), number, now);
    return next.equals(placed) ? Optional.empty() : Optional.of(next);
  }

  /** What keeps the life from being begun, unless its node said meanwhile that it has it. */
  static List<Lack> lacks(Placed placed, StandingSight sight) {
    boolean awaited = placed.stay().noted() == 0 && sight.late().isEmpty();
    return awaited ? sight.lacking() : List.of();
  }

  private static Placed unheard(Placed placed, String why, Instant now) {
    PodDocument pod = PodStatus.unheard(placed.life().pod(), why, now);
    return pod.equals(placed.life().pod()) ? placed : placed.with(placed.life().with(pod));
  }

  private static Placed lacking(Placed placed, List<Lack> lacks, Instant now) {
    PodDocument pod = LackStatus.of(placed.life().pod(), lacks, now);
    return placed.with(placed.life().with(pod));
  }

  /** What the node said before may be so still: it is asked to say it again. */
  private static Placed heardAgain(Placed placed) {
    boolean lost = PodStatus.isUnheard(placed.life().pod());
    return lost ? placed.at(placed.stay().noted(0)) : placed;
  }

  private static Placed wished(Placed placed, Failover.Wish wish, long number, Instant now) {
    Stay stay = placed.stay();
    Fence fence = stay.fence().wished(wish.fenced(), number);
    PodDocument pod = placed.life().pod().changed(tree -> Failover.show(tree, fence, wish, now));
    if (fence.equals(stay.fence()) && pod.equals(placed.life().pod())) return placed;
    return placed.with(placed.life().with(pod)).at(stay.with(fence));
  }
}
