package io.ordinal.cli.describe;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A volume. Pure. */
final class VolumeText {
  private static final String FAR = "    ";

  private VolumeText() {}

  static Sheet of(JsonNode volume, Instant now) {
    Sheet sheet = new Sheet();
    JsonNode metadata = volume.path("metadata");
    JsonNode spec = volume.path("spec");
    sheet.line(0, "Name:", Texts.of(metadata.path("name")));
    Marks.labels(sheet, 0, "Labels", metadata.path("labels"));
    Marks.annotations(sheet, 0, "Annotations", metadata.path("annotations"));
    sheet.line(0, "Finalizers:", Texts.bracketed(metadata.path("finalizers")));
    sheet.line(0, "StorageClass:", Texts.of(spec.path("storageClassName")));
    sheet.line(0, "Status:", ClaimText.phase(volume, now));
    JsonNode claim = spec.path("claimRef");
    String owner = Texts.of(claim.path("namespace")) + "/" + Texts.of(claim.path("name"));
    sheet.line(0, "Claim:", claim.isObject() ? owner : "");
    sheet.line(0, "Reclaim Policy:", Texts.of(spec.path("persistentVolumeReclaimPolicy")));
    sheet.line(0, "Access Modes:", Texts.accessModes(spec.path("accessModes")));
    if (spec.has("volumeMode")) sheet.line(0, "VolumeMode:", Texts.of(spec.path("volumeMode")));
    sheet.line(0, "Capacity:", Texts.of(spec.path("capacity").path("storage")));
    affinity(sheet, spec.path("nodeAffinity").path("required"));
    sheet.line(0, "Message:", Texts.of(volume.path("status").path("message")));
    sheet.line(0, "Source:");
    for (List<String> each : VolumesSection.source(spec)) {
      String[] cells = each.toArray(String[]::new);
      cells[0] = FAR + cells[0];
      sheet.line(0, cells);
    }
    return sheet;
  }

  private static void affinity(Sheet sheet, JsonNode required) {
    if (!required.isObject()) {
      sheet.line(0, "Node Affinity:", "<none>");
      return;
    }
    sheet.line(0, "Node Affinity:", "");
    JsonNode terms = required.path("nodeSelectorTerms");
    sheet.line(1, "Required Terms:", terms.isEmpty() ? "<none>" : "");
    int number = 0;
    for (JsonNode each : terms) term(sheet, "Term " + number++, each.path("matchExpressions"));
  }

  private static void term(Sheet sheet, String title, JsonNode expressions) {
    sheet.values(2, title, expressions.valueStream().map(VolumeText::expression).toList());
  }

  private static String expression(JsonNode expression) {
    String text =
        Texts.of(expression.path("key"))
            + " "
            + Texts.of(expression.path("operator")).toLowerCase(Locale.ROOT);
    JsonNode values = expression.path("values");
    return values.isEmpty() ? text : text + " [" + String.join(", ", Texts.list(values)) + "]";
  }
}
