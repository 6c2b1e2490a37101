package io.ordinal.controller.api.kind;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** What security contexts must be. */
final class SecurityRules {
  private static final String RANGE = "must be between 0 and 2147483647, inclusive";

  private SecurityRules() {}

  static void checkPod(Faults faults, String path, JsonNode context) {
    checkContainer(faults, path, context);
    checkId(faults, path + ".fsGroup", context.path("fsGroup"));
    JsonNode groups = context.path("supplementalGroups");
    for (int i = 0; i < groups.size(); i++) {
      checkId(faults, path + ".supplementalGroups[" + i + "]", groups.path(i));
    }
    faults.oneOf(
        path + ".fsGroupChangePolicy",
        context.path("fsGroupChangePolicy"),
        "Always",
        "OnRootMismatch");
  }

  static void checkContainer(Faults faults, String path, JsonNode context) {
    for (String id : List.of("runAsUser", "runAsGroup")) {
      checkId(faults, path + "." + id, context.path(id));
    }
    JsonNode profile = context.path("seccompProfile").path("type");
    faults.oneOf(
        path + ".seccompProfile.type", profile, "Localhost", "RuntimeDefault", "Unconfined");
  }

  private static void checkId(Faults faults, String path, JsonNode id) {
    if (!id.isNumber()) return;
    long value = id.asLong(-1);
    if (value < 0 || value > Integer.MAX_VALUE) faults.invalid(path, id, RANGE);
  }
}
