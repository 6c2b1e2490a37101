package io.ordinal.cli.describe;

import io.ordinal.cli.resource.Ages;
import io.ordinal.controller.document.Quantities;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the pods of a node ask of it, of what it has to give. */
final class NodeLoad {
  private static final List<String> OF_EACH = List.of("cpu", "memory");
  private static final List<String> OF_ALL = List.of("cpu", "memory", "ephemeral-storage");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final JsonNode given;
  private final JsonNode pods;

  NodeLoad(JsonNode status, JsonNode pods) {
    this.given = status.path(status.path("allocatable").isEmpty() ? "capacity" : "allocatable");
    this.pods = pods;
  }

  void write(Sheet sheet, Instant now) {
    sheet.line(0, "Non-terminated Pods:", "(" + pods.size() + " in total)");
    List<String> head =
        List.of("CPU Requests", "CPU Limits", "Memory Requests", "Memory Limits", "Age");
    row(sheet, "Namespace", "Name", head);
    row(sheet, "---------", "----", head.stream().map(each -> "-".repeat(each.length())).toList());
    for (JsonNode each : pods) pod(sheet, each, now);
    sheet.line(0, "Allocated resources:");
    sheet.line(1, "(Total limits may be over 100 percent, i.e., overcommitted.)");
    sheet.line(1, "Resource", "Requests", "Limits");
    sheet.line(1, "--------", "--------", "------");
    for (String each : OF_ALL) {
      sheet.line(1, each, share(each, sum("requests", each)), share(each, sum("limits", each)));
    }
  }

  /** The name is followed by a column without anything in it, as kubectl has it. */
  private static void row(Sheet sheet, String namespace, String name, List<String> others) {
    List<String> cells = new ArrayList<>(List.of(namespace, name, ""));
    cells.addAll(others);
    sheet.line(1, cells.toArray(String[]::new));
  }

  private void pod(Sheet sheet, JsonNode pod, Instant now) {
    JsonNode metadata = pod.path("metadata");
    List<String> cells = new ArrayList<>();
    for (String each : OF_EACH) {
      cells.add(share(each, PodAmounts.of(pod, "requests", each)));
      cells.add(share(each, PodAmounts.of(pod, "limits", each)));
    }
    Instant made = Instant.parse(Texts.of(metadata.path("creationTimestamp")));
    cells.add(Ages.since(made, now));
    row(sheet, Texts.of(metadata.path("namespace")), Texts.of(metadata.path("name")), cells);
  }

  private PodAmounts sum(String side, String resource) {
    PodAmounts sum = PodAmounts.NOTHING;
    for (JsonNode each : pods) sum = sum.plus(PodAmounts.of(each, side, resource));
    return sum;
  }

  private String share(String resource, PodAmounts amount) {
    BigDecimal whole = Quantities.parse(given.path(resource)).orElse(BigDecimal.ZERO);
    BigDecimal percent =
        whole.signum() == 0
            ? BigDecimal.ZERO
            : amount.amount().multiply(HUNDRED).divide(whole, 0, RoundingMode.DOWN);
    return amount.text() + " (" + percent.toBigInteger() + "%)";
  }
}
