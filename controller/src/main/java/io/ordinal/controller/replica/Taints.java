package io.ordinal.controller.replica;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.plan.Placement.Taint;
import io.ordinal.controller.plan.Placement.Toleration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Taints of nodes and tolerations of pods, read from their documents. */
final class Taints {
  private Taints() {}

  static List<Taint> of(ApiObject node) {
    List<Taint> taints = new ArrayList<>();
    for (JsonNode each : node.spec().path("taints")) {
      taints.add(
          new Taint(
              each.path("key").asString(""),
              each.path("value").asString(""),
              each.path("effect").asString("")));
    }
    return taints;
  }

  static List<Toleration> toleratedBy(ApiObject pod) {
    List<Toleration> tolerations = new ArrayList<>();
    for (JsonNode each : pod.spec().path("tolerations")) tolerations.add(toleration(each));
    return tolerations;
  }

  static Toleration toleration(JsonNode toleration) {
    return new Toleration(
        toleration.path("key").asString(""),
        toleration.path("operator").asString("Equal"),
        toleration.path("value").asString(""),
        toleration.path("effect").asString(""));
  }
}
