package io.ordinal.cli.drill;

import io.ordinal.controller.document.drill.DrillStatus;
import io.ordinal.controller.document.drill.DrillStatus.ReplicaStatus;
import io.ordinal.controller.document.drill.DrillStatus.TargetStatus;
import java.util.List;
import java.util.Locale;

/** What a drill would do, for people who have to agree. Pure. */
public final class DrillForecast {
  private DrillForecast() {}

  public static String of(DrillClient.Seen drill) {
    DrillStatus status = drill.status();
    StringBuilder text = new StringBuilder();
    List<TargetStatus> targets = status.targets() == null ? List.of() : status.targets();
    for (TargetStatus each : targets) {
      text.append(
          "%s: %s %s for %s%n"
              .formatted(
                  drill.spec().way(),
                  each.kind().toLowerCase(Locale.ROOT),
                  each.name(),
                  drill.spec().duration()));
    }
    List<ReplicaStatus> replicas = status.replicas() == null ? List.of() : status.replicas();
    for (ReplicaStatus each : replicas) {
      String node =
          each.before() == null || each.before().node() == null ? "-" : each.before().node();
      text.append("  %-28s on %-12s %s%n".formatted(each.name(), node, told(each.forecast())));
    }
    if (status.warnings() != null) {
      status.warnings().stream()
          .filter(each -> !refused(status, each))
          .forEach(each -> text.append("warning: ").append(each).append('\n'));
    }
    if (status.reasons() != null) {
      status.reasons().forEach(each -> text.append("refused: ").append(each).append('\n'));
    }
    return text.toString();
  }

  private static boolean refused(DrillStatus status, String warning) {
    return status.reasons() != null
        && status.reasons().stream().anyMatch(reason -> reason.startsWith(warning));
  }

  private static String told(String forecast) {
    return switch (forecast) {
      case "Moves" -> "begins again on another node";
      case "Restarts" -> "begins again where it is";
      case "Waits" -> "is away until the fault is over";
      case "GoesOn" -> "goes on";
      case "Untouched" -> "is not touched";
      default -> forecast;
    };
  }
}
