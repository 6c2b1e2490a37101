package io.ordinal.cli.describe;

import tools.jackson.databind.JsonNode;

/** What the pods of a set are made from. */
final class TemplateSection {
  private static final String INDENT = "  ";

  private TemplateSection() {}

  static void write(Sheet sheet, JsonNode template) {
    JsonNode metadata = template.path("metadata");
    JsonNode spec = template.path("spec");
    sheet.line(0, "Pod Template:");
    Marks.labels(sheet, 1, "Labels", metadata.path("labels"));
    if (!metadata.path("annotations").isEmpty()) {
      Marks.annotations(sheet, 1, "Annotations", metadata.path("annotations"));
    }
    String account = Texts.of(spec.path("serviceAccountName"));
    if (!account.isEmpty()) sheet.line(1, "Service Account:", account);
    JsonNode none = template.path("status"); // Missing: a template is in no state.
    ContainersSection containers = new ContainersSection(sheet, unknown -> "");
    if (!spec.path("initContainers").isEmpty()) {
      containers.write("Init Containers", spec.path("initContainers"), none, INDENT);
    }
    containers.write("Containers", spec.path("containers"), none, INDENT);
    VolumesSection.write(sheet, spec.path("volumes"), INDENT);
    String priority = Texts.of(spec.path("priorityClassName"));
    if (!priority.isEmpty()) sheet.line(1, "Priority Class Name:", priority);
    Marks.labels(sheet, 1, "Node-Selectors", spec.path("nodeSelector"));
    Marks.tolerations(sheet, 1, spec.path("tolerations"));
  }
}
