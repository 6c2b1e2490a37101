package io.ordinal.controller.set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Defaults that pods have and templates do not: those of templates were filled in with the set. */
final class PodDefaults {
  private static final long TOLERATED_SECONDS = 300;

  private PodDefaults() {}

  static void apply(ObjectNode spec) {
    text(spec, "restartPolicy", "Always");
    if (!spec.has("terminationGracePeriodSeconds")) spec.put("terminationGracePeriodSeconds", 30);
    text(spec, "dnsPolicy", "ClusterFirst");
    text(spec, "schedulerName", "default-scheduler");
    if (!spec.has("securityContext")) spec.putObject("securityContext");
    if (!spec.has("enableServiceLinks")) spec.put("enableServiceLinks", true);
    text(spec, "serviceAccountName", "default");
    spec.put("serviceAccount", spec.path("serviceAccountName").asString(""));
    if (!spec.has("priority")) spec.put("priority", 0);
    text(spec, "preemptionPolicy", "PreemptLowerPriority");
    tolerate(spec, "node.kubernetes.io/not-ready");
    tolerate(spec, "node.kubernetes.io/unreachable");
    for (String list : new String[] {"initContainers", "containers"}) {
      for (JsonNode container : spec.path(list)) {
        if (container instanceof ObjectNode each) complete(each, spec);
      }
    }
  }

  private static void complete(ObjectNode container, ObjectNode spec) {
    ObjectNode resources = container.withObjectProperty("resources");
    for (var limit : resources.path("limits").properties()) {
      ObjectNode requests = resources.withObjectProperty("requests");
      if (!requests.has(limit.getKey())) requests.set(limit.getKey(), limit.getValue());
    }
    if (!spec.path("hostNetwork").asBoolean(false)) return;
    for (JsonNode port : container.path("ports")) {
      if (port instanceof ObjectNode each && !each.has("hostPort")) {
        each.set("hostPort", each.path("containerPort"));
      }
    }
  }

  private static void tolerate(ObjectNode spec, String taint) {
    ArrayNode tolerations = spec.withArrayProperty("tolerations");
    for (JsonNode each : tolerations) {
      boolean forEverything = each.path("key").asString("").isEmpty();
      boolean forEffect = each.path("effect").asString("NoExecute").equals("NoExecute");
      if (forEffect && (forEverything || each.path("key").asString("").equals(taint))) return;
    }
    tolerations
        .addObject()
        .put("key", taint)
        .put("operator", "Exists")
        .put("effect", "NoExecute")
        .put("tolerationSeconds", TOLERATED_SECONDS);
  }

  private static void text(ObjectNode spec, String field, String value) {
    if (spec.path(field).asString("").isEmpty()) spec.put(field, value);
  }
}
