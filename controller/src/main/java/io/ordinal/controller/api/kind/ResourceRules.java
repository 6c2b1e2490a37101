package io.ordinal.controller.api.kind;

import io.ordinal.controller.document.Quantities;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What requests and limits of a container must be. */
final class ResourceRules {
  private static final String HUGE_PAGES = "hugepages-";
  private static final Set<String> OF_CONTAINERS = Set.of("cpu", "memory", "ephemeral-storage");

  /** Known, but not to containers. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "storage",
          "pods",
          "services",
          "secrets",
          "configmaps",
          "persistentvolumeclaims",
          "replicationcontrollers",
          "resourcequotas");

  private ResourceRules() {}

  /**
   * @param path of the container's resources
   */
  static void check(Faults faults, String path, JsonNode resources) {
    JsonNode limits = resources.path("limits");
    JsonNode requests = resources.path("requests");
    checkAmounts(faults, path + ".limits", limits);
    checkAmounts(faults, path + ".requests", requests);
    for (Map.Entry<String, JsonNode> each : requests.properties()) {
      checkRequest(faults, path, each.getKey(), each.getValue(), limits.path(each.getKey()));
    }
  }

  /** What a machine cannot give to two at once must be limited to what is requested. */
  private static void checkRequest(
      Faults faults, String path, String name, JsonNode request, JsonNode limit) {
    boolean shared = OF_CONTAINERS.contains(name) || OF_OTHERS.contains(name);
    if (Tree.absent(limit)) {
      if (!shared) {
        faults.required(path + ".limits", "Limit must be set for non overcommitable resources");
      }
      return;
    }
    int order = Quantities.compare(request, limit);
    if (shared ? order <= 0 : order == 0) return;
    faults.invalid(
        path + ".requests",
        request.asString(),
        (shared ? "must be less than or equal to " : "must be equal to ")
            + name
            + " limit of "
            + limit.asString());
  }

  private static void checkAmounts(Faults faults, String path, JsonNode amounts) {
    for (Map.Entry<String, JsonNode> each : amounts.properties()) {
      String name = each.getKey();
      String at = path + "[" + name + "]";
      checkName(faults, at, name);
      BigDecimal amount = Quantities.parse(each.getValue()).orElse(BigDecimal.ZERO);
      if (amount.signum() < 0) {
        faults.invalid(at, each.getValue().asString(), "must be greater than or equal to 0");
      }
      boolean whole = amount.stripTrailingZeros().scale() <= 0;
      boolean counted = name.contains("/") || name.equals("pods");
      if (counted && !whole) faults.invalid(at, each.getValue().asString(), "must be an integer");
    }
  }

  /**
   * Names of resources wherever else they stand.
   *
   * @param amounts by name
   * @param ofContainers whether they must be such as containers have
   */
  static void checkNames(Faults faults, String path, JsonNode amounts, boolean ofContainers) {
    for (String name : amounts.propertyNames()) {
      String at = path + "[" + name + "]";
      if (ofContainers) checkName(faults, at, name);
      else faults.invalid(at, name, Syntax.qualifiedName(name));
    }
  }

  private static void checkName(Faults faults, String at, String name) {
    faults.invalid(at, name, Syntax.qualifiedName(name));
    if (name.contains("/") || name.startsWith(HUGE_PAGES) || OF_CONTAINERS.contains(name)) return;
    if (!OF_OTHERS.contains(name)) {
      faults.invalid(at, name, "must be a standard resource type or fully qualified");
    }
    faults.invalid(at, name, "must be a standard resource for containers");
  }
}
