package io.ordinal.controller.document;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Defaults that pods have and templates do not. A pod gets them when it is made, whoever makes it:
 * a client, or a set from its template.
 */
public final class PodDefaults {
  private static final int TOLERATED_SECONDS = 300;

  private PodDefaults() {}

  /**
   * Fills in what is absent. Values of an unexpected type are left alone.
   *
   * @param spec with the defaults of templates; changed
   */
  public static void apply(ObjectNode spec) {
    if (absent(spec, "enableServiceLinks")) spec.put("enableServiceLinks", true);
    text(spec, "serviceAccountName", "default");
    text(spec, "serviceAccount", spec.path("serviceAccountName").asString(""));
    if (absent(spec, "priority")) spec.put("priority", 0);
    text(spec, "preemptionPolicy", "PreemptLowerPriority");
    tolerate(spec, "node.kubernetes.io/not-ready");
    tolerate(spec, "node.kubernetes.io/unreachable");
    boolean hostNetwork = spec.path("hostNetwork").asBoolean(false);
    for (String list : List.of("initContainers", "containers")) {
      for (JsonNode container : spec.path(list)) {
        requestLimits(container);
        if (hostNetwork) takeHostPorts(container);
      }
    }
  }

  /** A limit is also the request where none is given. */
  private static void requestLimits(JsonNode container) {
    if (!(container.path("resources") instanceof ObjectNode resources)) return;
    if (!(resources.path("limits") instanceof ObjectNode limits) || limits.isEmpty()) return;
    if (absent(resources, "requests")) resources.putObject("requests");
    if (!(resources.path("requests") instanceof ObjectNode requests)) return;
    for (var limit : limits.properties()) {
      if (!requests.has(limit.getKey())) {
        requests.set(limit.getKey(), limit.getValue().deepCopy());
      }
    }
  }

  /** On the host's network a port is the host's. */
  private static void takeHostPorts(JsonNode container) {
    for (JsonNode port : container.path("ports")) {
      if (port instanceof ObjectNode each
          && each.path("containerPort").isInt()
          && (absent(each, "hostPort") || each.path("hostPort").asInt(-1) == 0)) {
        each.set("hostPort", each.path("containerPort"));
      }
    }
  }

  /** A pod stays five minutes on a node that is not well, unless it says otherwise. */
  private static void tolerate(ObjectNode spec, String taint) {
    if (absent(spec, "tolerations")) spec.putArray("tolerations");
    if (!(spec.path("tolerations") instanceof ArrayNode tolerations)) return;
    for (JsonNode each : tolerations) {
      String key = each.path("key").asString("");
      String effect = each.path("effect").asString("");
      boolean forTaint = key.isEmpty() || key.equals(taint);
      if (forTaint && (effect.isEmpty() || effect.equals("NoExecute"))) return;
    }
    tolerations
        .addObject()
        .put("effect", "NoExecute")
        .put("key", taint)
        .put("operator", "Exists")
        .put("tolerationSeconds", TOLERATED_SECONDS);
  }

  /** An empty text counts as absent, as in Go. */
  private static void text(ObjectNode spec, String field, String value) {
    JsonNode found = spec.path(field);
    boolean empty = found.isString() && found.asString().isEmpty();
    if (absent(spec, field) || empty) spec.put(field, value);
  }

  private static boolean absent(ObjectNode map, String field) {
    JsonNode found = map.path(field);
    return found.isMissingNode() || found.isNull();
  }
}
