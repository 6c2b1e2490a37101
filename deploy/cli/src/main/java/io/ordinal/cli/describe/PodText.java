package io.ordinal.cli.describe;

import io.ordinal.cli.resource.Ages;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A pod. Pure. */
final class PodText {
  private PodText() {}

  static Sheet of(JsonNode pod, Instant now) {
    Sheet sheet = new Sheet();
    head(sheet, pod, now);
    addresses(sheet, pod.path("status"));
    owner(sheet, pod.path("metadata"));
    JsonNode spec = pod.path("spec");
    JsonNode status = pod.path("status");
    ContainersSection containers = new ContainersSection(sheet, path -> field(pod, path));
    if (!spec.path("initContainers").isEmpty()) {
      JsonNode statuses = status.path("initContainerStatuses");
      containers.write("Init Containers", spec.path("initContainers"), statuses, "");
    }
    containers.write("Containers", spec.path("containers"), status.path("containerStatuses"), "");
    conditions(sheet, pod);
    VolumesSection.write(sheet, spec.path("volumes"), "");
    sheet.line(0, "QoS Class:", Texts.of(status.path("qosClass")));
    Marks.labels(sheet, 0, "Node-Selectors", spec.path("nodeSelector"));
    Marks.tolerations(sheet, 0, spec.path("tolerations"));
    return sheet;
  }

  /** What kubectl knows of the fields that variables may have. */
  private static String field(JsonNode pod, String path) {
    JsonNode metadata = pod.path("metadata");
    return switch (path) {
      case "metadata.name" -> Texts.of(metadata.path("name"));
      case "metadata.namespace" -> Texts.of(metadata.path("namespace"));
      default -> "";
    };
  }

  private static void head(Sheet sheet, JsonNode pod, Instant now) {
    JsonNode metadata = pod.path("metadata");
    JsonNode spec = pod.path("spec");
    JsonNode status = pod.path("status");
    sheet.line(0, "Name:", Texts.of(metadata.path("name")));
    sheet.line(0, "Namespace:", Texts.of(metadata.path("namespace")));
    optional(sheet, "Priority:", spec.path("priority"));
    optional(sheet, "Priority Class Name:", spec.path("priorityClassName"));
    optional(sheet, "Service Account:", spec.path("serviceAccountName"));
    String node = Texts.of(spec.path("nodeName"));
    sheet.line(
        0, "Node:", node.isEmpty() ? "<none>" : node + "/" + Texts.of(status.path("hostIP")));
    if (status.has("startTime")) {
      sheet.line(0, "Start Time:", Texts.time(status.path("startTime")));
    }
    Marks.labels(sheet, 0, "Labels", metadata.path("labels"));
    Marks.annotations(sheet, 0, "Annotations", metadata.path("annotations"));
    phase(sheet, pod, now);
    optional(sheet, "Reason:", status.path("reason"));
    optional(sheet, "Message:", status.path("message"));
  }

  private static void phase(Sheet sheet, JsonNode pod, Instant now) {
    JsonNode metadata = pod.path("metadata");
    String phase = Texts.of(pod.path("status").path("phase"));
    boolean ended = List.of("Failed", "Succeeded").contains(phase);
    if (ended || !metadata.has("deletionTimestamp")) {
      sheet.line(0, "Status:", phase);
      return;
    }
    Instant end = Instant.parse(Texts.of(metadata.path("deletionTimestamp")));
    sheet.line(0, "Status:", "Terminating (lasts " + Ages.since(end, now) + ")");
    String grace = Texts.of(metadata.path("deletionGracePeriodSeconds"));
    sheet.line(0, "Termination Grace Period:", grace + "s");
  }

  private static void addresses(Sheet sheet, JsonNode status) {
    sheet.line(0, "IP:", Texts.of(status.path("podIP")));
    JsonNode all = status.path("podIPs");
    if (all.isEmpty()) sheet.line(0, "IPs:", "<none>");
    else sheet.line(0, "IPs:");
    for (JsonNode each : all) sheet.line(1, "IP:", Texts.of(each.path("ip")));
  }

  private static void owner(Sheet sheet, JsonNode metadata) {
    for (JsonNode each : metadata.path("ownerReferences")) {
      if (!each.path("controller").asBoolean(false)) continue;
      String owner = Texts.of(each.path("kind")) + "/" + Texts.of(each.path("name"));
      sheet.line(0, "Controlled By:", owner);
    }
  }

  private static void conditions(Sheet sheet, JsonNode pod) {
    JsonNode conditions = pod.path("status").path("conditions");
    JsonNode gates = pod.path("spec").path("readinessGates");
    if (!gates.isEmpty()) {
      sheet.line(0, "Readiness Gates:");
      sheet.line(1, "Type", "Status");
    }
    for (JsonNode gate : gates) {
      String type = Texts.of(gate.path("conditionType"));
      sheet.line(1, type + " ", Texts.orNone(status(conditions, type)) + " ");
    }
    if (conditions.isEmpty()) return;
    sheet.line(0, "Conditions:");
    sheet.line(1, "Type", "Status");
    for (JsonNode each : conditions) {
      sheet.line(1, Texts.of(each.path("type")) + " ", Texts.of(each.path("status")) + " ");
    }
  }

  private static String status(JsonNode conditions, String type) {
    for (JsonNode each : conditions) {
      if (Texts.of(each.path("type")).equals(type)) return Texts.of(each.path("status"));
    }
    return "";
  }

  private static void optional(Sheet sheet, String title, JsonNode value) {
    String text = Texts.of(value);
    if (!text.isEmpty()) sheet.line(0, title, text);
  }
}
