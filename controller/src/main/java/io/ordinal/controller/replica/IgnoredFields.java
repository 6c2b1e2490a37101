package io.ordinal.controller.replica;

import io.ordinal.controller.document.ApiObject;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Finds what a pod asks for and does not get, so that people are told. Pure.
 *
 * @param byPlacement paths of what is not looked at when a node is chosen, such as {@code
 *     spec.affinity}
 * @param byProcess paths of what a plain process cannot be given, such as {@code
 *     spec.containers[redis].resources.limits}
 */
record IgnoredFields(List<String> byPlacement, List<String> byProcess) {
  private static final List<String> OF_PLACEMENT =
      List.of(
          "affinity",
          "overhead",
          "priorityClassName",
          "resourceClaims",
          "topologySpreadConstraints");
  private static final List<String> OF_POD =
      List.of(
          "dnsConfig",
          "ephemeralContainers",
          "hostAliases",
          "hostIPC",
          "hostPID",
          "hostNetwork",
          "runtimeClassName",
          "setHostnameAsFQDN",
          "shareProcessNamespace");
  private static final String SCHEDULER = "default-scheduler";
  private static final String LAST_WORDS = "/dev/termination-log";
  private static final List<String> CONTAINERS = List.of("initContainers", "containers");
  private static final List<String> OF_CONTAINER =
      List.of("securityContext", "volumeDevices", "stdin", "tty");
  private static final List<String> PROBES =
      List.of("startupProbe", "readinessProbe", "livenessProbe");

  static IgnoredFields of(ApiObject pod) {
    JsonNode spec = pod.spec();
    return new IgnoredFields(byPlacement(spec), byProcess(spec));
  }

  boolean isEmpty() {
    return byPlacement.isEmpty() && byProcess.isEmpty();
  }

  /** The reason of the condition: who does not act by them. */
  String reason() {
    if (byPlacement.isEmpty()) return "ProcessDriver";
    return byProcess.isEmpty() ? "Placement" : "PlacementAndProcessDriver";
  }

  /** For people. */
  String message() {
    List<String> parts = new ArrayList<>();
    if (!byPlacement.isEmpty()) {
      parts.add("nodes are chosen without regard to " + String.join(", ", byPlacement));
    }
    if (!byProcess.isEmpty()) {
      parts.add("a plain process is not given what these ask for: " + String.join(", ", byProcess));
    }
    return String.join("; ", parts);
  }

  private static List<String> byPlacement(JsonNode spec) {
    List<String> found = new ArrayList<>();
    for (String field : OF_PLACEMENT) if (asks(spec.path(field))) found.add("spec." + field);
    for (String list : CONTAINERS) {
      for (JsonNode container : spec.path(list)) {
        String path = "spec." + list + "[" + container.path("name").asString("") + "]";
        boolean needs = asks(container.path("resources").path("requests"));
        if (needs) found.add(path + ".resources.requests");
      }
    }
    // Nobody but Ordinal places pods, whoever is asked to.
    String scheduler = spec.path("schedulerName").asString(SCHEDULER);
    if (!scheduler.equals(SCHEDULER)) found.add("spec.schedulerName");
    return found;
  }

  private static List<String> byProcess(JsonNode spec) {
    List<String> found = new ArrayList<>();
    for (String field : OF_POD) if (asks(spec.path(field))) found.add("spec." + field);
    if (asks(spec.path("securityContext"))) found.add("spec.securityContext");
    for (String list : CONTAINERS) {
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
      if (sources.path(i).has("clusterTrustBundle")) found.add(at + "clusterTrustBundle");
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
    lastWords(path, container, found);
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

  /** Nobody reads them. What is in every pod by default is not what somebody asked for. */
  private static void lastWords(String path, JsonNode container, List<String> found) {
    String file = container.path("terminationMessagePath").asString(LAST_WORDS);
    if (!file.equals(LAST_WORDS)) found.add(path + "terminationMessagePath");
    String policy = container.path("terminationMessagePolicy").asString("File");
    if (!policy.equals("File")) found.add(path + "terminationMessagePolicy");
  }

  /** Absent, false and empty ask for nothing. */
  private static boolean asks(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) return false;
    if (value.isBoolean()) return value.asBoolean();
    return !value.isContainer() || !value.isEmpty();
  }
}
