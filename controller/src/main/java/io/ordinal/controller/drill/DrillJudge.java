package io.ordinal.controller.drill;

import io.ordinal.controller.document.drill.DrillStatus;
import io.ordinal.controller.document.drill.DrillStatus.ReplicaStatus;
import io.ordinal.controller.document.drill.DrillStatus.Service;
import io.ordinal.controller.document.drill.DrillStatus.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What was wrong, once a drill is over. Pure. */
final class DrillJudge {
  private DrillJudge() {}

  /** For people; none when it passed. */
  static List<String> faults(DrillStatus status) {
    List<String> found = new ArrayList<>(status.reasons() == null ? List.of() : status.reasons());
    for (ReplicaStatus each : status.replicas()) {
      if (each.before() == null) continue;
      if (each.overlapMillis() != null && each.overlapMillis() > 0) {
        found.add(
            "two lives of %s ran at once for %d ms".formatted(each.name(), each.overlapMillis()));
      }
      if (Boolean.FALSE.equals(each.volumeKept())) {
        found.add(each.name() + " has another volume than before");
      }
      if (each.after() == null) found.add(each.name() + " is gone");
      if (stayed(each, status)) {
        found.add(
            each.name()
                + " was expected elsewhere while the fault lasted, and was back only after it");
      }
    }
    return found;
  }

  /** Expected to move, disturbed, and not ready before the fault was taken back. */
  private static boolean stayed(ReplicaStatus replica, DrillStatus status) {
    if (!Forecast.MOVES.word().equals(replica.forecast())) return false;
    Times times = replica.times();
    if (times == null || times.detected() == null) return false;
    long lasted = Duration.between(status.injectedAt(), status.revertingAt()).toMillis();
    return times.ready() == null || times.ready() > lasted;
  }

  /** One line when all went well. */
  static String summary(DrillStatus status) {
    if (status.injectedAt() == null) return "the drill could begin";
    return replicas(status) + service(status.service());
  }

  private static String replicas(DrillStatus status) {
    Times times = status.times() == null ? Times.NONE : status.times();
    if (times.ready() == null) return "nothing observed was disturbed";
    long disturbed =
        status.replicas().stream()
            .filter(each -> each.times() != null && each.times().detected() != null)
            .count();
    String lost =
        status.requests() == null
            ? ""
            : ", %d of %d requests lost"
                .formatted(status.requests().lost(), status.requests().sent());
    return "%d replica%s disturbed, ready again after %d ms%s"
        .formatted(disturbed, disturbed == 1 ? "" : "s", times.ready(), lost);
  }

  private static String service(Service service) {
    if (service == null) return "";
    String sequencing =
        service.sequencing() == null
            ? ""
            : ", sets led by another controller after %d ms".formatted(service.sequencing());
    return ", no write taken for %d ms at most%s"
        .formatted(service.writes().longestGap(), sequencing);
  }
}
