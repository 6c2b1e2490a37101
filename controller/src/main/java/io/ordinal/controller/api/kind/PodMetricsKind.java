package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.ordinal.controller.document.ApiObject;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What the containers of a pod use. */
final class PodMetricsKind extends MeasuredKind {
  PodMetricsKind() {
    super(KindNames.namespaced("metrics.k8s.io/v1beta1", "PodMetrics", "pods"), PodMetrics.class);
  }

  @Override
  List<JsonNode> usages(ApiObject measured) {
    return Tree.maps(measured.tree().path("containers")).stream()
        .map(each -> each.path("usage"))
        .toList();
  }
}
