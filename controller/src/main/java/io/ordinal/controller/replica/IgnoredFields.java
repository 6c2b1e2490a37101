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
          "overhead",
          "priorityClassName",
          "resourceClaims",
          "runtimeClassName",
          "setHostnameAsFQDN",
          "shareProcessNamespace",
          "topologySpreadConstraints");
  private static final String SCHEDULER = "default-scheduler";
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
    // Nobody but Ordinal places pods, whoever is asked to.
    String scheduler = spec.path("schedulerName").asString(SCHEDULER);
    if (!scheduler.equals(SCHEDULER)) found.add("spec.schedulerName");
    if (asks(spec.path("securityContext"))) found.add("spec.securityContext");
    for (String list : List.of("initContainers", "containers")) {
      for (JsonNode container : spec.path(list)) {
        container(
            "spec." + list + "[" + container.path("name").asString("") + "].", container, found);
      }
    }
    for (JsonNode volume : spec.path("volumes")) volume(volume, found);
    return found;
  }

  private static void volume(JsonNode volume, List<String> found) {
    String path = "spec.volumes[" + volume.path("name").asString("") + "].";
    for (String kind : List.of("configMap", "secret", "downwardAPI")) {
      items(path + kind + ".", volume.path(kind), found);
    }
    JsonNode sources = volume.path("projected").path("sources");
    for (int i = 0; i < sources.size(); i++) {
      String at = path + "projected.sources[" + i + "].";
      for (String kind : List.of("configMap", "secret", "downwardAPI")) {
        items(at + kind + ".", sources.path(i).path(kind), found);
      }
      for (String kind : List.of("serviceAccountToken", "clusterTrustBundle")) {
        if (sources.path(i).has(kind)) found.add(at + kind);
      }
    }
  }

  private static void items(String path, JsonNode source, List<String> found) {
    for (JsonNode item : source.path("items")) {
      String at = path + "items[" + item.path("path").asString("") + "].";
      for (String field : List.of("mode", "resourceFieldRef")) {
        if (asks(item.path(field))) found.add(at + field);
      }
    }
  }

  private static void container(String path, JsonNode container, List<String> found) {
    for (String field : OF_CONTAINER) if (asks(container.path(field))) found.add(path + field);
    if (asks(container.path("resources").path("limits"))) found.add(path + "resources.limits");
    for (String probe : PROBES) {
      for (String field : List.of("grpc", "terminationGracePeriodSeconds")) {
        if (asks(container.path(probe).path(field))) found.add(path + probe + "." + field);
      }
    }
    for (String moment : List.of("postStart", "preStop")) {
      String sleep = "lifecycle." + moment + ".sleep";
      if (container.path("lifecycle").path(moment).has("sleep")) found.add(path + sleep);
    }
    for (JsonNode variable : container.path("env")) {
      if (variable.path("valueFrom").has("resourceFieldRef")) {
        String name = variable.path("name").asString("");
        found.add(path + "env[" + name + "].valueFrom.resourceFieldRef");
      }
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
