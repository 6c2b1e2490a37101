package io.ordinal.controller.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Why a drill would be harm rather than a rehearsal. Pure. */
final class Refusals {
  private Refusals() {}

  /** For people; none when the drill may begin as soon as all has been steady for long enough. */
  static List<String> of(DrillOrder order, DrillScene scene, Duration patience) {
    List<String> found = new ArrayList<>(scene.obstacles());
    scene.running().ifPresent(other -> found.add("the drill " + other + " is not done"));
    found.addAll(council(order, scene));
    found.addAll(degraded(order, scene));
    if (!order.allowStranded()) {
      stranded(order, scene, patience)
          .forEach(
              each ->
                  found.add(
                      each + "; --allow-stranded (spec.allowStranded) rehearses it all the same"));
    }
    return found;
  }

  /** The replicas that would be away for as long as the fault lasts, each with its reason. */
  static List<String> stranded(DrillOrder order, DrillScene scene, Duration patience) {
    if (order.onReplica()) return List.of();
    return scene.replicas().stream()
        .filter(each -> Forecast.of(order, each, scene, patience) == Forecast.WAITS)
        .map(
            each ->
                each.id()
                    + " would not come back while the fault lasts: "
                    + Forecast.hindrance(each, scene, patience))
        .toList();
  }

  private static List<String> council(DrillOrder order, DrillScene scene) {
    Council council = scene.council();
    long hit =
        scene.spots().stream()
            .filter(Spot::controller)
            .map(spot -> Spot.member(spot.waiting()))
            .filter(name -> council.reachable().getOrDefault(name, true))
            .distinct()
            .count();
    if (hit == 0 || council.alive() - hit >= council.majority()) return List.of();
    return List.of(
        "%d of %d controllers would be left, which is no majority"
            .formatted(Math.max(0, council.alive() - hit), council.reachable().size()));
  }

  private static List<String> degraded(DrillOrder order, DrillScene scene) {
    List<String> found = new ArrayList<>();
    boolean council =
        scene.spots().stream()
            .map(spot -> Spot.member(spot.waiting()))
            .anyMatch(scene.council()::has);
    if (council && !order.allowDegraded() && !scene.council().absent().isEmpty()) {
      found.add("controllers cannot be reached: " + String.join(", ", scene.council().absent()));
    }
    for (SetSight set : scene.sets()) {
      if (set.missing()) {
        found.add("there is no set " + set.key());
      } else if (!order.allowDegraded() && !set.whole(Duration.ZERO, Instant.MAX)) {
        found.add(
            "set %s is degraded: %d of %d replicas are ready"
                .formatted(set.key(), set.ready(), set.wanted()));
      }
    }
    return found;
  }
}
