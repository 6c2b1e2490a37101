package io.ordinal.controller.replica;

import io.ordinal.controller.document.ApiObject;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Finds what a pod asks for and a plain process cannot be given, so that people are told. Pure. */
final class IgnoredFields {
  private static final List<String> OF_POD =
      List.of(
          "affinity",
          "dnsConfig",
          "ephemeralContainers",
          "hostAliases",
          "hostIPC",
          "hostPID",
          "hostNetwork",
          "runtimeClassName",
          "shareProcessNamespace",
          "topologySpreadConstraints");
  private static final List<String> OF_CONTAINER =
      List.of("securityContext", "volumeDevices", "stdin", "tty");
  private static final List<String> PROBES =
      List.of("startupProbe", "readinessProbe", "livenessProbe");

  private IgnoredFields() {}

  /** Paths such as {@code spec.containers[redis].resources.limits}. */
  static List<String> of(ApiObject pod) {
    List<String> found = new ArrayList<>();
    JsonNode spec = pod.spec();
    for (String field : OF_POD) if (asks(spec.path(field))) found.add("spec." + field);
    if (asks(spec.path("securityContext"))) found.add("spec.securityContext");
    for (String list : List.of("initContainers", "containers")) {
      for (JsonNode container : spec.path(list)) {
        container(
            "spec." + list + "[" + container.path("name").asString("") + "].", container, found);
      }
    }
    return found;
  }

  private static void container(String path, JsonNode container, List<String> found) {
    for (String field : OF_CONTAINER) if (asks(container.path(field))) found.add(path + field);
    if (asks(container.path("resources").path("limits"))) found.add(path + "resources.limits");
    for (String probe : PROBES) {
      if (asks(container.path(probe).path("grpc"))) found.add(path + probe + ".grpc");
    }
    for (JsonNode mount : container.path("volumeMounts")) {
      if (asks(mount.path("mountPropagation")) || asks(mount.path("subPathExpr"))) {
        found.add(path + "volumeMounts[" + mount.path("name").asString("") + "]");
      }
    }
  }

  /** Absent, false and empty ask for nothing. */
  private static boolean asks(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) return false;
    if (value.isBoolean()) return value.asBoolean();
    return !value.isContainer() || !value.isEmpty();
  }
}
