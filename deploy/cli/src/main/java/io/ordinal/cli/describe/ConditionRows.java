package io.ordinal.cli.describe;

import tools.jackson.databind.JsonNode;

/** Conditions with their reasons. */
final class ConditionRows {
  private ConditionRows() {}

  /**
   * @param seen the title of the time at which it was last looked at
   * @param field in which that stands
   */
  static void write(Sheet sheet, JsonNode conditions, String seen, String field) {
    sheet.line(1, "Type", "Status", seen, "LastTransitionTime", "Reason", "Message");
    sheet.line(1, "----", "------", "-----------------", "------------------", "------", "-------");
    for (JsonNode each : conditions) {
      sheet.line(
          1,
          Texts.of(each.path("type")) + " ",
          Texts.of(each.path("status")) + " ",
          Texts.time(each.path(field)) + " ",
          Texts.time(each.path("lastTransitionTime")) + " ",
          Texts.of(each.path("reason")) + " ",
          Texts.of(each.path("message")));
    }
  }
}
