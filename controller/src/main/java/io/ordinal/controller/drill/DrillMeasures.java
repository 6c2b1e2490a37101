package io.ordinal.controller.drill;

import io.ordinal.controller.document.drill.DrillStatus;
import io.ordinal.controller.document.drill.DrillStatus.Life;
import io.ordinal.controller.document.drill.DrillStatus.Moment;
import io.ordinal.controller.document.drill.DrillStatus.ReplicaStatus;
import io.ordinal.controller.document.drill.DrillStatus.Requests;
import io.ordinal.controller.document.drill.DrillStatus.Service;
import io.ordinal.controller.document.drill.DrillStatus.Times;
import io.ordinal.protocol.id.ReplicaId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Writes into a status what was seen so far. Pure. */
final class DrillMeasures {
  private DrillMeasures() {}

  /**
   * What an earlier witness wrote stands; a later one, which may have come too late for it, only
   * adds.
   */
  static DrillStatus taken(DrillStatus status, DrillScene scene, Testimony testimony) {
    Map<String, ReplicaSight> sights = new HashMap<>();
    scene.replicas().forEach(each -> sights.put(each.id().toString(), each));
    List<ReplicaStatus> replicas = new ArrayList<>();
    for (ReplicaStatus each : status.replicas()) {
      replicas.add(
          each.before() == null
              ? each
              : taken(each, Optional.ofNullable(sights.get(each.name())), scene, testimony));
    }
    return status
        .edit()
        .replicas(replicas)
        .times(worst(replicas))
        .requests(sum(replicas))
        .service(service(status.service(), testimony))
        .timeline(timeline(status, testimony.chronicle()))
        .done();
  }

  private static ReplicaStatus taken(
      ReplicaStatus known, Optional<ReplicaSight> sight, DrillScene scene, Testimony testimony) {
    ReplicaId id = ReplicaId.parse(known.name());
    Trace trace = testimony.chronicle().traces().get(id);
    Times times = merged(known.times(), trace == null ? Times.NONE : trace.times());
    Life before = known.before();
    Life after = sight.flatMap(ReplicaSight::life).orElse(null);
    Overlap overlap = Overlap.of(id, before, after, times, scene.evidence());
    Requests requests = testimony.requests().getOrDefault(id, known.requests());
    return new ReplicaStatus(
        known.name(),
        known.set(),
        known.forecast(),
        before,
        after,
        times,
        after == null || after.address() == null
            ? null
            : Boolean.valueOf(after.address().equals(before.address())),
        sight.isEmpty() || before.volumes() == null || before.volumes().isEmpty()
            ? known.volumeKept() // Nothing is said of what goes with its life, as an emptyDir does.
            : Boolean.valueOf(
                sight.get().volumes().keySet().stream().sorted().toList().equals(before.volumes())),
        overlap.millis().orElse(null),
        overlap.evidence(),
        requests);
  }

  /** Ready is the last of its kind, the others are the first. */
  private static Times merged(Times known, Times seen) {
    if (known == null) return seen;
    return new Times(
        earliest(known.detected(), seen.detected()),
        earliest(known.fenced(), seen.fenced()),
        earliest(known.placed(), seen.placed()),
        seen.detected() == null ? known.ready() : seen.ready());
  }

  private static Long earliest(Long one, Long other) {
    return one == null ? other : one;
  }

  /** Of the replicas that were disturbed; ready only once all of them are. */
  private static Times worst(List<ReplicaStatus> replicas) {
    List<Times> disturbed =
        replicas.stream()
            .map(ReplicaStatus::times)
            .filter(each -> each != null && each.detected() != null)
            .toList();
    boolean allReady = disturbed.stream().allMatch(each -> each.ready() != null);
    return new Times(
        most(disturbed, Times::detected),
        most(disturbed, Times::fenced),
        most(disturbed, Times::placed),
        allReady ? most(disturbed, Times::ready) : null);
  }

  private static Long most(List<Times> times, Function<Times, Long> which) {
    return times.stream()
        .map(which)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  private static Requests sum(List<ReplicaStatus> replicas) {
    List<Requests> all =
        replicas.stream().map(ReplicaStatus::requests).filter(Objects::nonNull).toList();
    if (all.isEmpty()) return null;
    return new Requests(
        all.stream().mapToLong(Requests::sent).sum(),
        all.stream().mapToLong(Requests::lost).sum(),
        all.stream().mapToLong(Requests::longestGap).max().orElse(0));
  }

  /** Whoever leads the drill now counted its own writes all the time. */
  private static Service service(Service known, Testimony testimony) {
    if (testimony.service().isEmpty()) return known;
    Service seen = testimony.service().get();
    Long sequencing = known == null ? null : known.sequencing();
    return new Service(seen.writes(), earliest(sequencing, seen.sequencing()));
  }

  private static List<Moment> timeline(DrillStatus status, Chronicle chronicle) {
    List<Moment> known = status.timeline() == null ? List.of() : status.timeline();
    return chronicle.moments().size() >= known.size() ? chronicle.moments() : known;
  }
}
