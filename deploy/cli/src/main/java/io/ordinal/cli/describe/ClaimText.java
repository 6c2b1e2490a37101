package io.ordinal.cli.describe;

import io.ordinal.cli.resource.Ages;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A claim, with the pods that use it. Pure. */
final class ClaimText {
  private ClaimText() {}

  /**
   * @param pods of its namespace; none if they may not be read
   */
  static Sheet of(JsonNode claim, Optional<JsonNode> pods, Instant now) {
    Sheet sheet = new Sheet();
    JsonNode metadata = claim.path("metadata");
    JsonNode spec = claim.path("spec");
    JsonNode status = claim.path("status");
    sheet.line(0, "Name:", Texts.of(metadata.path("name")));
    sheet.line(0, "Namespace:", Texts.of(metadata.path("namespace")));
    sheet.line(0, "StorageClass:", Texts.of(spec.path("storageClassName")));
    sheet.line(0, "Status:", phase(claim, now));
    String volume = Texts.of(spec.path("volumeName"));
    sheet.line(0, "Volume:", volume);
    Marks.labels(sheet, 0, "Labels", metadata.path("labels"));
    Marks.annotations(sheet, 0, "Annotations", metadata.path("annotations"));
    sheet.line(0, "Finalizers:", Texts.bracketed(metadata.path("finalizers")));
    boolean bound = !volume.isEmpty();
    sheet.line(0, "Capacity:", bound ? Texts.of(status.path("capacity").path("storage")) : "");
    sheet.line(0, "Access Modes:", bound ? Texts.accessModes(status.path("accessModes")) : "");
    if (spec.has("volumeMode")) sheet.line(0, "VolumeMode:", Texts.of(spec.path("volumeMode")));
    String name = Texts.of(metadata.path("name"));
    sheet.values(0, "Used By", pods.map(all -> users(name, all)).orElse(List.of(Texts.FORBIDDEN)));
    if (!status.path("conditions").isEmpty()) {
      sheet.line(0, "Conditions:");
      ConditionRows.write(sheet, status.path("conditions"), "LastProbeTime", "lastProbeTime");
    }
    return sheet;
  }

  /** Of a claim or volume. */
  static String phase(JsonNode object, Instant now) {
    String deleted = Texts.of(object.path("metadata").path("deletionTimestamp"));
    if (deleted.isEmpty()) return Texts.of(object.path("status").path("phase"));
    return "Terminating (lasts " + Ages.since(Instant.parse(deleted), now) + ")";
  }

  private static List<String> users(String claim, JsonNode pods) {
    List<String> users = new ArrayList<>();
    for (JsonNode pod : pods) {
      for (JsonNode each : pod.path("spec").path("volumes")) {
        String used = Texts.of(each.path("persistentVolumeClaim").path("claimName"));
        if (used.equals(claim)) users.add(Texts.of(pod.path("metadata").path("name")));
      }
    }
    return users;
  }
}
