package io.ordinal.controller.api.kind;

import io.ordinal.controller.document.Quantities;
import io.ordinal.controller.model.Verdict.Cause;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the items of a LimitRange must be: each type once, and no bound above another's. */
final class LimitRangeRules {
  private static final String OF_CLAIMS = "PersistentVolumeClaim";
  private static final String OF_PODS = "Pod";
  private static final Set<String> TYPES = Set.of(OF_PODS, "Container", OF_CLAIMS);
  private static final Map<String, String> CALLED =
      Map.of("min", "min", "max", "max", "default", "default", "defaultRequest", "default request");
  private static final List<String> AMOUNTS =
      List.of("max", "min", "default", "defaultRequest", "maxLimitRequestRatio");

  private final Faults faults;
  private final String at;
  private final JsonNode item;

  private LimitRangeRules(Faults faults, String at, JsonNode item) {
    this.faults = faults;
    this.at = at;
    this.item = item;
  }

  static List<Cause> faults(JsonNode spec) {
    Faults faults = new Faults();
    Set<String> types = new HashSet<>();
    List<ObjectNode> items = Tree.maps(spec.path("limits"));
    for (int i = 0; i < items.size(); i++) {
      String at = "spec.limits[" + i + "]";
      JsonNode type = items.get(i).path("type");
      if (!types.add(type.asString(""))) faults.duplicate(at + ".type", type);
      new LimitRangeRules(faults, at, items.get(i)).check();
    }
    return faults.found();
  }

  private void check() {
    String type = Tree.text(item, "type");
    checkType(type);
    if (type.equals(OF_PODS)) {
      for (String list : List.of("default", "defaultRequest")) {
        if (item.path(list).isEmpty()) continue;
        faults.forbidden(at + "." + list, "may not be specified when `type` is 'Pod'");
      }
    }
    boolean bounded = item.path("min").has("storage") || item.path("max").has("storage");
    if (type.equals(OF_CLAIMS) && !bounded) {
      faults.required(
          at + ".limits",
          "either minimum or maximum storage value is required, but neither was provided");
    }
    Set<String> resources = new TreeSet<>();
    for (String list : AMOUNTS) {
      resources.addAll(item.path(list).propertyNames());
      ResourceRules.checkNames(faults, at + "." + list, item.path(list), !type.equals(OF_CLAIMS));
    }
    resources.forEach(this::checkOrder);
  }

  private void checkType(String type) {
    String field = at + ".type";
    List<String> whys = Syntax.qualifiedName(type);
    faults.invalid(field, type, whys);
    if (whys.isEmpty() && !type.contains("/") && !TYPES.contains(type)) {
      faults.invalid(field, type, "must be a standard limit type or fully qualified");
    }
  }

  private void checkOrder(String resource) {
    notAbove(resource, "min", "max", "min[%s]", "min");
    if (!Tree.text(item, "type").equals(OF_PODS)) { // There they are forbidden, whatever they are.
      notAbove(resource, "min", "defaultRequest", "defaultRequest[%s]", "defaultRequest");
      notAbove(resource, "defaultRequest", "max", "defaultRequest[%s]", "defaultRequest");
      notAbove(resource, "defaultRequest", "default", "defaultRequest[%s]", "defaultRequest");
      notAbove(resource, "min", "default", "default[%s]", "min");
      notAbove(resource, "default", "max", "default[%s]", "max");
      checkShared(resource);
    }
    checkRatio(resource);
  }

  /**
   * @param field that has the fault
   * @param shown the list whose amount is shown there
   */
  private void notAbove(String resource, String low, String high, String field, String shown) {
    JsonNode lower = item.path(low).path(resource);
    JsonNode upper = item.path(high).path(resource);
    if (Tree.absent(lower) || Tree.absent(upper)) return;
    if (Quantities.compare(lower, upper) <= 0) return;
    String called = low.equals("defaultRequest") && high.equals("default") ? "default limit" : "";
    faults.invalid(
        at + "." + field.formatted(resource),
        item.path(shown).path(resource).asString(),
        "%s value %s is greater than %s value %s"
            .formatted(
                CALLED.get(low),
                lower.asString(),
                called.isEmpty() ? CALLED.get(high) : called,
                upper.asString()));
  }

  /** What a machine cannot give to two at once is limited to what is requested. */
  private void checkShared(String resource) {
    JsonNode limit = item.path("default").path(resource);
    JsonNode request = item.path("defaultRequest").path(resource);
    boolean shared = !resource.contains("/") && !resource.startsWith("hugepages-");
    if (shared || Tree.absent(limit) || Tree.absent(request)) return;
    if (Quantities.compare(limit, request) == 0) return;
    faults.invalid(
        at + ".defaultRequest[" + resource + "]",
        request.asString(),
        "default value %s must equal to defaultRequest value %s in %s"
            .formatted(limit.asString(), request.asString(), resource));
  }

  private void checkRatio(String resource) {
    JsonNode ratio = item.path("maxLimitRequestRatio").path(resource);
    if (Tree.absent(ratio)) return;
    String field = at + ".maxLimitRequestRatio[" + resource + "]";
    BigDecimal value = Quantities.parse(ratio).orElse(BigDecimal.ONE);
    if (value.compareTo(BigDecimal.ONE) < 0) {
      faults.invalid(field, ratio.asString(), "ratio " + ratio.asString() + " is less than 1");
    }
    BigDecimal min = Quantities.parse(item.path("min").path(resource)).orElse(BigDecimal.ZERO);
    BigDecimal max = Quantities.parse(item.path("max").path(resource)).orElse(BigDecimal.ZERO);
    if (min.signum() == 0 || !item.path("max").has(resource)) return;
    if (value.multiply(min).compareTo(max) <= 0) return;
    faults.invalid(
        field,
        ratio.asString(),
        String.format(
            Locale.ROOT,
            "ratio %s is greater than max/min = %f",
            ratio.asString(),
            max.divide(min, 6, RoundingMode.HALF_EVEN)));
  }
}
