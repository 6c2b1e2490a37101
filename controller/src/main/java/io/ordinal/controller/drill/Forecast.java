package io.ordinal.controller.drill;

import java.time.Duration;
import java.util.Optional;

/** What is expected of a replica while the fault lasts. */
enum Forecast {
  /** Its next life begins on another node. */
  MOVES("Moves"),
  /** It begins again where it is. */
  RESTARTS("Restarts"),
  /** It is away until the fault is over. */
  WAITS("Waits"),
  /** Its processes go on, whatever the controllers hear of them. */
  GOES_ON("GoesOn"),
  /** The fault does not hit it. */
  UNTOUCHED("Untouched");

  private final String word;

  Forecast(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  /**
   * @param patience after which a silent node's session is fenced
   */
  static Forecast of(DrillOrder order, ReplicaSight replica, DrillScene scene, Duration patience) {
    if (!scene.hits(replica)) return UNTOUCHED;
    if (order.onReplica()) return order.way() == Way.FREEZE ? WAITS : RESTARTS;
    if (order.way() == Way.GRACEFUL) return GOES_ON;
    boolean fencedMeanwhile = replica.fenced() && order.duration().compareTo(patience) > 0;
    if (fencedMeanwhile) return movable(replica, scene) ? MOVES : WAITS;
    return order.endsWorkloads() || order.way() == Way.CUT_OFF ? WAITS : GOES_ON;
  }

  private static boolean movable(ReplicaSight replica, DrillScene scene) {
    boolean elsewhere =
        scene.places().stream()
            .anyMatch(
                node ->
                    scene.spots().stream().noneMatch(it -> it.node().equals(Optional.of(node))));
    return elsewhere && replica.localVolumes().isEmpty();
  }

  /** Why it cannot move, for people. */
  static String hindrance(ReplicaSight replica, DrillScene scene, Duration patience) {
    if (!replica.localVolumes().isEmpty()) {
      return "its volume "
          + String.join(", ", replica.localVolumes())
          + " is on that node only"
          + (replica.fenced() ? "" : ", and its life is kept");
    }
    if (!replica.fenced()) {
      return "its life is kept (its condition ordinal.io/Fenced says why; ordinal.io/failover: automatic"
          + " would let it move)";
    }
    if (!movable(replica, scene)) return "no other node is ready";
    return "the fault is shorter than the " + patience.toMillis() + " ms after which it may move";
  }
}
