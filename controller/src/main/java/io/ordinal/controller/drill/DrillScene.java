package io.ordinal.controller.drill;

import io.ordinal.protocol.id.NodeName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The world as a drill needs it, read at one revision of the store.
 *
 * @param spots what the target is; none when it cannot be found
 * @param obstacles why the target cannot be hit, for people
 * @param running another drill that is busy
 * @param reports of members about this drill's fault, by member
 * @param heard nodes that are ready
 * @param places those of them that take pods
 * @param evidence when processes of observed replicas ran, by their nodes' words
 */
record DrillScene(
    List<Spot> spots,
    List<String> obstacles,
    List<SetSight> sets,
    Council council,
    Optional<String> running,
    Map<String, SpotReport> reports,
    Set<NodeName> heard,
    Set<NodeName> places,
    List<LifeEvidence> evidence) {
  DrillScene {
    spots = List.copyOf(spots);
    obstacles = List.copyOf(obstacles);
    sets = List.copyOf(sets);
    reports = Map.copyOf(reports);
    heard = Set.copyOf(heard);
    places = Set.copyOf(places);
    evidence = List.copyOf(evidence);
  }

  List<ReplicaSight> replicas() {
    return sets.stream().flatMap(set -> set.replicas().stream()).toList();
  }

  /** Whether the fault hits what this replica runs on, or itself. */
  boolean hits(ReplicaSight replica) {
    return spots.stream()
        .anyMatch(
            spot ->
                spot.kind() == Spot.Kind.REPLICA
                    ? spot.name().equals(replica.id().toString())
                    : spot.node().filter(replica::on).isPresent());
  }
}
