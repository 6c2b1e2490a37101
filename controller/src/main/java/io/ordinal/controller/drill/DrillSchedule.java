package io.ordinal.controller.drill;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.document.drill.Drill;
import io.ordinal.controller.document.drill.DrillPhase;
import io.ordinal.controller.document.drill.DrillSpec;
import io.ordinal.controller.document.drill.DrillStatus;
import io.ordinal.controller.document.drill.DrillVerdict;
import io.ordinal.controller.model.CronSchedule;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a schedule asks for now: another drill, fewer old ones, its status. A time that nobody was
 * there for is let go after a minute: a drill must not come as a surprise. Pure.
 *
 * @param fresh a drill to create
 * @param outdated drills to remove
 */
record DrillSchedule(Optional<ApiObject> fresh, List<ApiObject> outdated, DrillStatus status) {
  private static final Duration LATEST = Duration.ofSeconds(60);

  static DrillSchedule plan(
      ApiObject parent, List<ApiObject> children, String freshUid, Instant now) {
    DrillSpec spec = DrillDocument.spec(parent);
    DrillStatus status = DrillDocument.status(parent);
    List<String> active =
        children.stream()
            .filter(each -> DrillDocument.status(each).phase() != DrillPhase.DONE)
            .map(ApiObject::name)
            .sorted()
            .toList();
    boolean rests = Boolean.TRUE.equals(spec.suspend());
    boolean deleting = parent.deletionTimestamp().isPresent();
    Optional<Instant> due = rests || deleting ? Optional.empty() : due(spec, status, parent, now);
    Optional<ApiObject> fresh =
        due.filter(at -> active.isEmpty()).map(at -> child(parent, freshUid, at, now));
    String told =
        rests
            ? "suspended"
            : CronSchedule.parse(spec.schedule())
                .after(now)
                .map(at -> "next at " + at)
                .orElse("never again");
    DrillStatus next =
        status
            .edit()
            .phase(rests ? DrillPhase.SUSPENDED : DrillPhase.SCHEDULED)
            .message(told)
            .lastScheduleTime(due.orElse(status.lastScheduleTime()))
            .active(active.isEmpty() ? null : active)
            .done();
    return new DrillSchedule(fresh, outdated(spec, children), next);
  }

  private static Optional<Instant> due(
      DrillSpec spec, DrillStatus status, ApiObject parent, Instant now) {
    Instant last =
        status.lastScheduleTime() != null
            ? status.lastScheduleTime()
            : parent.creationTimestamp().orElse(now);
    Instant from = now.minus(LATEST);
    return CronSchedule.parse(spec.schedule())
        .after(from.isAfter(last) ? from : last)
        .filter(at -> !at.isAfter(now));
  }

  private static List<ApiObject> outdated(DrillSpec spec, List<ApiObject> children) {
    List<ApiObject> found = new ArrayList<>();
    for (boolean passed : new boolean[] {true, false}) {
      Integer limit =
          passed ? spec.successfulDrillsHistoryLimit() : spec.failedDrillsHistoryLimit();
      children.stream()
          .filter(each -> each.deletionTimestamp().isEmpty())
          .filter(each -> DrillDocument.status(each).phase() == DrillPhase.DONE)
          .filter(each -> (DrillDocument.status(each).verdict() == DrillVerdict.PASSED) == passed)
          .sorted(Comparator.comparing(ApiObject::name).reversed())
          .skip(limit == null ? 3 : limit)
          .forEach(found::add);
    }
    return found;
  }

  /** Named by the minute, so that two controllers cannot make the same one twice. */
  private static ApiObject child(ApiObject parent, String uid, Instant at, Instant now) {
    ObjectNode tree = Json.object().put("apiVersion", Drill.API_VERSION).put("kind", Drill.KIND);
    ObjectNode metadata = tree.putObject("metadata");
    metadata.put("name", parent.name() + "-" + at.getEpochSecond() / 60);
    metadata.put("uid", uid);
    metadata.put("creationTimestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
    metadata.put("generation", 1);
    metadata.putObject("labels").put(Drill.SCHEDULED_BY, parent.name());
    metadata
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", Drill.API_VERSION)
        .put("kind", Drill.KIND)
        .put("name", parent.name())
        .put("uid", parent.uid())
        .put("controller", true)
        .put("blockOwnerDeletion", true);
    ObjectNode spec = ((ObjectNode) parent.spec()).deepCopy();
    spec.remove(
        List.of("schedule", "suspend", "successfulDrillsHistoryLimit", "failedDrillsHistoryLimit"));
    tree.set("spec", spec);
    return new ApiObject(tree);
  }
}
