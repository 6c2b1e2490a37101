package io.ordinal.controller.node;

import io.ordinal.controller.document.ApiObject;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The taints that follow the Ready condition, as in Kubernetes. They are for readers: placement
 * goes by the session's standing. Taints of clients stay.
 */
final class NodeTaints {
  private static final String NOT_READY = "node.kubernetes.io/not-ready";
  private static final String UNREACHABLE = "node.kubernetes.io/unreachable";

  private NodeTaints() {}

  /** Those that drive pods away, so that a change of them can be told; empty for none. */
  static String expelling(ApiObject node) {
    StringBuilder found = new StringBuilder();
    for (JsonNode taint : node.spec().path("taints")) {
      if (taint.path("effect").asString("").equals("NoExecute")) found.append(taint);
    }
    return found.toString();
  }

  static void follow(ObjectNode spec, String ready, Instant now) {
    String wanted =
        switch (ready) {
          case "True" -> "";
          case "False" -> NOT_READY;
          default -> UNREACHABLE;
        };
    ArrayNode taints = spec.arrayNode();
    boolean there = false;
    for (JsonNode taint : spec.path("taints")) {
      String key = taint.path("key").asString("");
      boolean ours = List.of(NOT_READY, UNREACHABLE).contains(key);
      if (!ours || key.equals(wanted)) taints.add(taint);
      there |= key.equals(wanted);
    }
    if (!wanted.isEmpty() && !there) {
      taints
          .addObject()
          .put("key", wanted)
          .put("effect", "NoSchedule")
          .put("timeAdded", NodeDocument.time(now));
    }
    if (taints.isEmpty()) {
      spec.remove("taints");
    } else {
      spec.set("taints", taints);
    }
  }
}
