package io.ordinal.controller.api.kind;

import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Containers read {@code /dev/null}. Who makes a pod with input or a terminal wants to talk to it:
 * a shell would end at once, and kubectl make its own terminal raw. Templates say so out of habit,
 * and most programs run well without.
 */
final class InputRules {
  private static final String WHY =
      "containers have no input and no terminal of their own in Ordinal; run the command beside"
          + " one with kubectl exec -it";

  private InputRules() {}

  /** Of a pod by itself. */
  static void check(Faults faults, String path, JsonNode spec) {
    asked(path, spec, at -> faults.forbidden(at, WHY));
  }

  /** Of a template. */
  static void warn(List<String> warnings, String path, JsonNode spec) {
    asked(path, spec, at -> warnings.add(at + ": ignored; " + WHY));
  }

  private static void asked(String path, JsonNode spec, Consumer<String> found) {
    for (String list : List.of("initContainers", "containers")) {
      List<ObjectNode> containers = Tree.maps(spec.path(list));
      for (int i = 0; i < containers.size(); i++) {
        asked(path + "." + list + "[" + i + "].", containers.get(i), found);
      }
    }
  }

  private static void asked(String path, ObjectNode container, Consumer<String> found) {
    for (String each : List.of("stdin", "tty")) {
      if (container.path(each).asBoolean(false)) found.accept(path + each);
    }
  }
}
