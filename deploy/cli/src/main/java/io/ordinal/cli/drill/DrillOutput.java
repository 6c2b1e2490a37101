package io.ordinal.cli.drill;

import io.ordinal.controller.document.Json;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.node.ObjectNode;

/** In which form a verdict is told. */
public enum DrillOutput {
  table,
  json,
  junit;

  /** The whole verdict as text. */
  public String of(DrillClient.Seen drill) {
    return switch (this) {
      case table -> VerdictTable.of(drill);
      case json -> json(drill);
      case junit -> JUnitReport.of(drill);
    };
  }

  private static String json(DrillClient.Seen drill) {
    ObjectNode tree = Json.object().put("name", drill.name());
    tree.set("spec", drill.object().path("spec"));
    tree.set("status", drill.object().path("status"));
    return Json.mapper().writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(tree)
        + "\n";
  }
}
