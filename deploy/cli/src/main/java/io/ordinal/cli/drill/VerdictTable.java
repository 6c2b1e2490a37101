package io.ordinal.cli.drill;

import io.ordinal.controller.document.drill.DrillStatus;
import io.ordinal.controller.document.drill.DrillStatus.Life;
import io.ordinal.controller.document.drill.DrillStatus.Moment;
import io.ordinal.controller.document.drill.DrillStatus.ReplicaStatus;
import io.ordinal.controller.document.drill.DrillStatus.Requests;
import io.ordinal.controller.document.drill.DrillStatus.Service;
import io.ordinal.controller.document.drill.DrillStatus.TargetStatus;
import io.ordinal.controller.document.drill.DrillStatus.Times;
import java.util.List;
import java.util.Locale;

/** A verdict for people. Pure. */
final class VerdictTable {
  private static final String ROW = "%-24s %-10s %9s %9s %9s %9s  %-24s %-7s %-7s %8s %s%n";

  private VerdictTable() {}

  static String of(DrillClient.Seen drill) {
    DrillStatus status = drill.status();
    StringBuilder text = new StringBuilder();
    if (status.replicas() != null && !status.replicas().isEmpty()) {
      text.append(
          ROW.formatted(
              "REPLICA",
              "FORECAST",
              "DETECTED",
              "FENCED",
              "PLACED",
              "READY",
              "LIFE",
              "ADDRESS",
              "VOLUME",
              "OVERLAP",
              "REQUESTS"));
      status.replicas().forEach(each -> text.append(row(each)));
      text.append(total(status));
    }
    List<TargetStatus> targets = status.targets() == null ? List.of() : status.targets();
    for (TargetStatus each : targets) {
      text.append(
          "target    %s %s: %s%s%n"
              .formatted(
                  each.kind().toLowerCase(Locale.ROOT),
                  each.name(),
                  each.state().toLowerCase(Locale.ROOT),
                  each.message() == null ? "" : " (" + each.message() + ")"));
    }
    if (status.service() != null) text.append(service(status.service()));
    if (status.warnings() != null) {
      status.warnings().forEach(each -> text.append("warning   ").append(each).append('\n'));
    }
    if (status.timeline() != null) status.timeline().forEach(each -> text.append(line(each)));
    evidence(status).forEach(each -> text.append("evidence  ").append(each).append('\n'));
    String verdict = status.verdict() == null ? phase(status) : status.verdict().word();
    text.append("verdict   %s: %s%n".formatted(verdict, status.message()));
    return text.toString();
  }

  private static String phase(DrillStatus status) {
    return status.phase() == null ? "Pending" : status.phase().word();
  }

  private static String row(ReplicaStatus replica) {
    Times times = replica.times() == null ? Times.NONE : replica.times();
    return ROW.formatted(
        replica.name(),
        replica.forecast(),
        seconds(times.detected()),
        seconds(times.fenced()),
        seconds(times.placed()),
        seconds(times.ready()),
        life(replica.before()) + " -> " + life(replica.after()),
        kept(replica.addressKept()),
        kept(replica.volumeKept()),
        replica.overlapMillis() == null ? "-" : replica.overlapMillis() + " ms",
        requests(replica.requests()));
  }

  private static String total(DrillStatus status) {
    Times times = status.times() == null ? Times.NONE : status.times();
    return ROW.formatted(
        "worst",
        "",
        seconds(times.detected()),
        seconds(times.fenced()),
        seconds(times.placed()),
        seconds(times.ready()),
        "",
        "",
        "",
        "",
        requests(status.requests()));
  }

  private static String line(Moment moment) {
    return "%9s  %s%n".formatted(seconds(moment.at()), moment.what());
  }

  private static List<String> evidence(DrillStatus status) {
    if (status.replicas() == null) return List.of();
    return status.replicas().stream()
        .filter(each -> each.evidence() != null)
        .flatMap(each -> each.evidence().stream().map(it -> each.name() + ": " + it))
        .filter(each -> !each.endsWith("the same life"))
        .toList();
  }

  static String seconds(Long millis) {
    return millis == null ? "-" : "%d.%03ds".formatted(millis / 1000, millis % 1000);
  }

  private static String life(Life life) {
    if (life == null) return "-";
    return life.incarnation() + "@" + (life.node() == null ? "-" : life.node());
  }

  private static String service(Service service) {
    String sequencing =
        service.sequencing() == null
            ? "sets were led on"
            : "sets led by another controller after " + seconds(service.sequencing());
    return "service   writes: %s; %s%n".formatted(requests(service.writes()), sequencing);
  }

  private static String kept(Boolean kept) {
    return kept == null ? "-" : kept ? "kept" : "new";
  }

  private static String requests(Requests requests) {
    if (requests == null) return "-";
    return "%d lost of %d, longest gap %s"
        .formatted(requests.lost(), requests.sent(), seconds(requests.longestGap()));
  }
}
