package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.metrics.v1beta1.NodeMetrics;
import io.ordinal.controller.document.ApiObject;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What a node uses. */
final class NodeMetricsKind extends MeasuredKind {
  NodeMetricsKind() {
    super(KindNames.cluster("metrics.k8s.io/v1beta1", "NodeMetrics", "nodes"), NodeMetrics.class);
  }

  @Override
  List<JsonNode> usages(ApiObject measured) {
    return List.of(measured.tree().path("usage"));
  }
}
