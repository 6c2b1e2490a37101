package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict.Cause;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How many pods may be missing on purpose. */
final class PodDisruptionBudgetKind extends OrdinaryKind {
  private static final String MIN = "minAvailable";
  private static final String MAX = "maxUnavailable";
  private static final String PERCENT =
      "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or"
          + " '93%', regex used for validation is '[0-9]+%')";
  private static final List<Column> COLUMNS =
      List.of(
          Columns.NAME,
          Columns.text("Min Available", "How many pods must stay healthy."),
          Columns.text("Max Unavailable", "How many pods may be missing."),
          Columns.number("Allowed Disruptions", "How many pods may be evicted now."),
          Columns.AGE);

  PodDisruptionBudgetKind() {
    super(
        KindNames.namespaced("policy/v1", "PodDisruptionBudget", "poddisruptionbudgets", "pdb"),
        PodDisruptionBudget.class);
  }

  @Override
  public List<Subresource> subresources() {
    return List.of(status());
  }

  @Override
  public boolean hasGeneration() {
    return true;
  }

  @Override
  public boolean updatesNeedRevision() {
    return true;
  }

  @Override
  public void prepareForCreate(ObjectNode budget) {
    ObjectNode status = budget.putObject("status");
    for (String each :
        List.of("disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods")) {
      status.put(each, 0);
    }
  }

  @Override
  public List<Cause> validateCreate(ApiObject budget) {
    Faults faults = new Faults();
    JsonNode spec = budget.spec();
    boolean both = !Tree.absent(spec.path(MIN)) && !Tree.absent(spec.path(MAX));
    if (both) {
      faults.invalid("spec", spec, "minAvailable and maxUnavailable cannot be both set");
    }
    amount(faults, "spec." + MIN, spec.path(MIN));
    amount(faults, "spec." + MAX, spec.path(MAX));
    LabelRules.checkSelector(faults, "spec.selector", spec.path("selector"));
    faults.oneOf(
        "spec.unhealthyPodEvictionPolicy",
        spec.path("unhealthyPodEvictionPolicy"),
        "AlwaysAllow",
        "IfHealthyBudget");
    return faults.found();
  }

  private static void amount(Faults faults, String field, JsonNode value) {
    if (value.isNumber()) {
      faults.notNegative(field, value);
      return;
    }
    if (!value.isString()) return;
    String text = value.asString();
    if (!text.matches("[0-9]+%")) {
      faults.invalid(field, text, PERCENT);
    } else if (text.length() > 4 || Integer.parseInt(text.replace("%", "")) > 100) {
      faults.invalid(field, text, "must not be greater than 100%");
    }
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ApiObject budget, Instant now) {
    return List.of(
        budget.name(),
        limit(budget.spec().path(MIN)),
        limit(budget.spec().path(MAX)),
        budget.status().path("disruptionsAllowed").asInt(0),
        Durations.age(budget, now));
  }

  private static String limit(JsonNode value) {
    return Tree.absent(value) ? "N/A" : value.asString();
  }
}
