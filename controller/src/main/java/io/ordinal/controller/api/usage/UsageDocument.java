package io.ordinal.controller.api.usage;

import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.protocol.agent.NodeUsage;
import io.ordinal.protocol.agent.NodeUsage.Amount;
import io.ordinal.protocol.agent.NodeUsage.OfContainer;
import java.math.BigDecimal;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes PodMetrics and NodeMetrics. Pure. */
final class UsageDocument {
  private static final int BYTES_PER_KIBIBYTE = 1024;

  private UsageDocument() {}

  static ObjectNode node(ResourceKind kind, ApiObject node, NodeUsage usage) {
    ObjectNode tree = begun(kind, node, usage);
    amount(tree.putObject("usage"), usage.node());
    return tree;
  }

  static ObjectNode pod(
      ResourceKind kind, ApiObject pod, NodeUsage usage, List<OfContainer> containers) {
    ObjectNode tree = begun(kind, pod, usage);
    ArrayNode list = tree.putArray("containers");
    for (OfContainer each : containers) {
      ObjectNode container = list.addObject().put("name", each.container());
      amount(container.putObject("usage"), each.amount());
    }
    return tree;
  }

  private static ObjectNode begun(ResourceKind kind, ApiObject of, NodeUsage usage) {
    ObjectNode tree = Json.object();
    tree.put("kind", kind.kind()).put("apiVersion", kind.apiVersion());
    ObjectNode metadata = tree.putObject("metadata");
    metadata.put("name", of.name());
    if (kind.namespaced()) metadata.put("namespace", of.namespace());
    String taken = usage.taken().truncatedTo(ChronoUnit.SECONDS).toString();
    metadata.put("creationTimestamp", taken);
    if (of.metadata().has("labels")) metadata.set("labels", of.metadata().get("labels"));
    tree.put("timestamp", taken);
    BigDecimal seconds = BigDecimal.valueOf(usage.window().toMillis(), 3).stripTrailingZeros();
    tree.put("window", seconds.toPlainString() + "s");
    return tree;
  }

  private static void amount(ObjectNode usage, Amount amount) {
    usage.put("cpu", amount.nanocores() + (amount.nanocores() == 0 ? "" : "n"));
    usage.put("memory", amount.memoryBytes() / BYTES_PER_KIBIBYTE + "Ki");
  }
}
