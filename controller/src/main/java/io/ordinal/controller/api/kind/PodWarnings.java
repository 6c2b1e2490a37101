package io.ordinal.controller.api.kind;

import io.ordinal.controller.document.Quantities;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is allowed in a pod's specification and is hardly meant. */
final class PodWarnings {
  private PodWarnings() {}

  /**
   * @param path of the specification
   */
  static List<String> of(String path, JsonNode spec) {
    List<String> found = new ArrayList<>();
    security(path, spec, found);
    for (String list : List.of("initContainers", "containers")) {
      List<ObjectNode> containers = Tree.maps(spec.path(list));
      for (int i = 0; i < containers.size(); i++) {
        String at = path + "." + list + "[" + i + "]";
        security(at, containers.get(i), found);
        variables(at, containers.get(i), found);
        ports(at, containers.get(i), found);
        for (String amounts : List.of("limits", "requests")) {
          fractions(at + ".resources." + amounts, containers.get(i), amounts, found);
        }
      }
    }
    return found;
  }

  /** Who counts on being confined must hear at once that he is not. */
  private static void security(String at, JsonNode holder, List<String> found) {
    JsonNode context = holder.path("securityContext");
    if (!context.isObject() || context.isEmpty()) return;
    String fields = String.join(", ", context.propertyNames());
    found.add(
        at
            + ".securityContext: Ordinal does not act on it ("
            + fields
            + "): processes run as the user of the node's agent, with what that user may");
  }

  private static void variables(String at, ObjectNode container, List<String> found) {
    Set<String> names = new HashSet<>();
    List<ObjectNode> variables = Tree.maps(container.path("env"));
    for (int i = 0; i < variables.size(); i++) {
      String name = Tree.text(variables.get(i), "name");
      if (names.add(name)) continue;
      // A value that goes on with the hidden one is the usual way to add to it.
      if (Tree.text(variables.get(i), "value").contains("$(" + name + ")")) continue;
      found.add(
          at
              + ".env["
              + i
              + "]: hides previous definition of \""
              + name
              + "\", which may be dropped when using apply");
    }
  }

  private static void ports(String at, ObjectNode container, List<String> found) {
    Map<String, String> seen = new HashMap<>();
    List<ObjectNode> ports = Tree.maps(container.path("ports"));
    for (int i = 0; i < ports.size(); i++) {
      ObjectNode port = ports.get(i);
      String here = at + ".ports[" + i + "]";
      String which =
          port.path("containerPort").asInt(0)
              + Tree.text(port, "protocol")
              + port.path("hostPort").asInt(0);
      String before = seen.putIfAbsent(which, here);
      if (before != null) found.add(here + ": duplicate port definition with " + before);
    }
  }

  /** Nobody has half a byte; mostly {@code m} was meant to be {@code M}. */
  private static void fractions(
      String at, ObjectNode container, String amounts, List<String> found) {
    for (String name : List.of("memory", "ephemeral-storage")) {
      JsonNode value = container.path("resources").path(amounts).path(name);
      Optional<BigDecimal> amount = Quantities.parse(value);
      boolean whole = amount.map(each -> each.stripTrailingZeros().scale() <= 0).orElse(true);
      if (whole) continue;
      found.add(
          at
              + "["
              + name
              + "]: fractional byte value \""
              + value.asString("")
              + "\" is invalid, must be an integer");
    }
  }
}
