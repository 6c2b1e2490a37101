package io.ordinal.cli.describe;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A node, with what its pods ask of it. Pure. */
final class NodeText {
  private static final String ROLE = "node-role.kubernetes.io/";

  private static final Map<String, String> SYSTEM =
      Map.of(
          "Machine ID", "machineID",
          "System UUID", "systemUUID",
          "Boot ID", "bootID",
          "Kernel Version", "kernelVersion",
          "OS Image", "osImage",
          "Operating System", "operatingSystem",
          "Architecture", "architecture",
          "Container Runtime Version", "containerRuntimeVersion",
          "Kubelet Version", "kubeletVersion",
          "Kube-Proxy Version", "kubeProxyVersion");

  private static final List<String> ORDER =
      List.of(
          "Machine ID",
          "System UUID",
          "Boot ID",
          "Kernel Version",
          "OS Image",
          "Operating System",
          "Architecture",
          "Container Runtime Version",
          "Kubelet Version",
          "Kube-Proxy Version");

  private NodeText() {}

  /**
   * @param pods on it that have not ended; none if they may not be read
   */
  static Sheet of(JsonNode node, NodeLease lease, Optional<JsonNode> pods, Instant now) {
    Sheet sheet = new Sheet();
    JsonNode metadata = node.path("metadata");
    JsonNode spec = node.path("spec");
    JsonNode status = node.path("status");
    sheet.line(0, "Name:", Texts.of(metadata.path("name")));
    sheet.line(0, "Roles:", roles(metadata.path("labels")));
    Marks.labels(sheet, 0, "Labels", metadata.path("labels"));
    Marks.annotations(sheet, 0, "Annotations", metadata.path("annotations"));
    sheet.line(0, "CreationTimestamp:", Texts.time(metadata.path("creationTimestamp")));
    Marks.taints(sheet, spec.path("taints"));
    sheet.line(0, "Unschedulable:", Texts.yes(spec.path("unschedulable")));
    lease.write(sheet);
    conditions(sheet, status.path("conditions"));
    sheet.line(0, "Addresses:");
    for (JsonNode each : status.path("addresses")) {
      sheet.line(1, Texts.of(each.path("type")) + ":", Texts.of(each.path("address")));
    }
    amounts(sheet, "Capacity", status.path("capacity"));
    amounts(sheet, "Allocatable", status.path("allocatable"));
    sheet.line(0, "System Info:");
    for (String each : ORDER) {
      sheet.line(1, each + ":", Texts.of(status.path("nodeInfo").path(SYSTEM.get(each))));
    }
    String provider = Texts.of(spec.path("providerID"));
    if (!provider.isEmpty()) sheet.line(0, "ProviderID:", provider);
    if (pods.isPresent()) new NodeLoad(status, pods.get()).write(sheet, now);
    else sheet.line(0, "Pods:", Texts.FORBIDDEN);
    return sheet;
  }

  private static String roles(JsonNode labels) {
    List<String> roles =
        Texts.map(labels).keySet().stream()
            .filter(each -> each.startsWith(ROLE) && each.length() > ROLE.length())
            .map(each -> each.substring(ROLE.length()))
            .toList();
    return Texts.orNone(String.join(",", roles));
  }

  private static void conditions(Sheet sheet, JsonNode conditions) {
    if (conditions.isEmpty()) return;
    sheet.line(0, "Conditions:");
    ConditionRows.write(sheet, conditions, "LastHeartbeatTime", "lastHeartbeatTime");
  }

  private static void amounts(Sheet sheet, String title, JsonNode amounts) {
    if (amounts.isEmpty()) return;
    sheet.line(0, title + ":");
    Texts.map(amounts).forEach((name, amount) -> sheet.line(1, name + ":", amount));
  }
}
