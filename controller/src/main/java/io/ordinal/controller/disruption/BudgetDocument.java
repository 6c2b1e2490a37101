package io.ordinal.controller.disruption;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Budget;
import io.ordinal.controller.model.Budget.Amount;
import io.ordinal.controller.model.Budget.Limit;
import io.ordinal.controller.model.Budget.Unready;
import io.ordinal.controller.model.BudgetStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads a PodDisruptionBudget and writes its status. Pure. */
final class BudgetDocument {
  private static final String CONDITION = "DisruptionAllowed";

  private BudgetDocument() {}

  static Budget read(ApiObject document) {
    Map<String, Instant> evicted = new HashMap<>();
    document
        .status()
        .path("disruptedPods")
        .properties()
        .forEach(each -> evicted.put(each.getKey(), Instant.parse(each.getValue().asString())));
    boolean always =
        document.spec().path("unhealthyPodEvictionPolicy").asString("").equals("AlwaysAllow");
    return new Budget(
        document.name(),
        limit(document.spec()),
        evicted,
        always ? Unready.ALWAYS : Unready.IF_HEALTHY_BUDGET);
  }

  private static Optional<Limit> limit(JsonNode spec) {
    Optional<Limit> max = amount(spec.path("maxUnavailable")).map(Limit.MaxUnavailable::new);
    return max.or(() -> amount(spec.path("minAvailable")).map(Limit.MinAvailable::new));
  }

  private static Optional<Amount> amount(JsonNode value) {
    if (value.isNumber()) return Optional.of(new Amount(Math.max(0, value.asInt()), false));
    String text = value.asString("");
    if (!text.matches("[0-9]{1,3}%")) return Optional.empty();
    return Optional.of(new Amount(Integer.parseInt(text.substring(0, text.length() - 1)), true));
  }

  /** The same budget with this status. */
  static ApiObject with(ApiObject document, BudgetStatus status, Instant now) {
    ObjectNode next = document.copy();
    ObjectNode tree = next.putObject("status");
    tree.put("observedGeneration", document.generation());
    if (!status.evicted().isEmpty()) {
      ObjectNode evicted = tree.putObject("disruptedPods");
      new TreeMap<>(status.evicted()).forEach((pod, at) -> evicted.put(pod, time(at)));
    }
    tree.put("disruptionsAllowed", status.disruptionsAllowed());
    tree.put("currentHealthy", status.currentHealthy());
    tree.put("desiredHealthy", status.desiredHealthy());
    tree.put("expectedPods", status.expectedPods());
    ObjectNode condition = tree.putArray("conditions").addObject();
    condition.put("type", CONDITION);
    condition.put("status", status.disruptionsAllowed() > 0 ? "True" : "False");
    condition.put("observedGeneration", document.generation());
    condition.put("lastTransitionTime", transition(document, condition, now));
    condition.put("reason", reason(status));
    condition.put("message", status.trouble());
    return new ApiObject(next);
  }

  private static String reason(BudgetStatus status) {
    if (!status.trouble().isEmpty()) return "SyncFailed";
    return status.disruptionsAllowed() > 0 ? "SufficientPods" : "InsufficientPods";
  }

  private static String transition(ApiObject document, JsonNode condition, Instant now) {
    for (JsonNode each : document.status().path("conditions")) {
      boolean same =
          each.path("type").asString("").equals(CONDITION)
              && each.path("status").equals(condition.path("status"));
      if (same) return each.path("lastTransitionTime").asString(time(now));
    }
    return time(now);
  }

  private static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
