package io.ordinal.cli.describe;

import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** A set, with how many of its pods are in which phase. Pure. */
final class SetText {
  private SetText() {}

  /**
   * @param pods that its selector fits; none if they may not be read
   */
  static Sheet of(JsonNode set, Optional<JsonNode> pods) {
    Sheet sheet = new Sheet();
    JsonNode metadata = set.path("metadata");
    JsonNode spec = set.path("spec");
    sheet.line(0, "Name:", Texts.of(metadata.path("name")));
    sheet.line(0, "Namespace:", Texts.of(metadata.path("namespace")));
    sheet.line(0, "CreationTimestamp:", Texts.time(metadata.path("creationTimestamp")));
    sheet.line(0, "Selector:", Texts.selector(spec.path("selector")));
    Marks.labels(sheet, 0, "Labels", metadata.path("labels"));
    Marks.annotations(sheet, 0, "Annotations", metadata.path("annotations"));
    int total = set.path("status").path("replicas").asInt(0);
    sheet.line(0, "Replicas:", spec.path("replicas").asInt(0) + " desired | " + total + " total");
    strategy(sheet, spec.path("updateStrategy"));
    String owner = Texts.of(metadata.path("uid"));
    sheet.line(0, "Pods Status:", pods.map(all -> phases(all, owner)).orElse(Texts.FORBIDDEN));
    TemplateSection.write(sheet, spec.path("template"));
    claims(sheet, spec.path("volumeClaimTemplates"));
    return sheet;
  }

  private static void strategy(Sheet sheet, JsonNode strategy) {
    sheet.line(0, "Update Strategy:", Texts.of(strategy.path("type")));
    JsonNode rolling = strategy.path("rollingUpdate");
    if (rolling.has("partition")) sheet.line(1, "Partition:", Texts.of(rolling.path("partition")));
    if (rolling.has("maxUnavailable")) {
      sheet.line(1, "MaxUnavailable:", Texts.of(rolling.path("maxUnavailable")));
    }
  }

  private static String phases(JsonNode pods, String owner) {
    List<String> phases =
        StreamSupport.stream(pods.spliterator(), false)
            .filter(each -> owner.equals(controller(each)))
            .map(each -> Texts.of(each.path("status").path("phase")))
            .toList();
    return "%d Running / %d Waiting / %d Succeeded / %d Failed"
        .formatted(
            count(phases, "Running"),
            count(phases, "Pending"),
            count(phases, "Succeeded"),
            count(phases, "Failed"));
  }

  private static String controller(JsonNode pod) {
    for (JsonNode each : pod.path("metadata").path("ownerReferences")) {
      if (each.path("controller").asBoolean(false)) return Texts.of(each.path("uid"));
    }
    return "";
  }

  private static long count(List<String> phases, String phase) {
    return phases.stream().filter(phase::equals).count();
  }

  private static void claims(Sheet sheet, JsonNode templates) {
    if (templates.isEmpty()) {
      sheet.line(0, "Volume Claims:", "<none>");
      return;
    }
    sheet.line(0, "Volume Claims:");
    for (JsonNode each : templates) {
      JsonNode metadata = each.path("metadata");
      JsonNode spec = each.path("spec");
      sheet.line(1, "Name:", Texts.of(metadata.path("name")));
      sheet.line(1, "StorageClass:", Texts.of(spec.path("storageClassName")));
      Marks.labels(sheet, 1, "Labels", metadata.path("labels"));
      Marks.labels(sheet, 1, "Annotations", metadata.path("annotations"));
      String size = Texts.of(spec.path("resources").path("requests").path("storage"));
      sheet.line(1, "Capacity:", size.isEmpty() ? "<default>" : size);
      sheet.line(1, "Access Modes:", Texts.bracketed(spec.path("accessModes")));
    }
  }
}
