package io.ordinal.cli.describe;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** In which state a container is, and in which it was. */
final class ContainerState {
  private static final int FIELD = 2;
  private static final int DETAIL = 3;

  private ContainerState() {}

  static void write(Sheet sheet, JsonNode status) {
    state(sheet, "State", status.path("state"));
    if (status.path("lastState").path("terminated").isObject()) {
      state(sheet, "Last State", status.path("lastState"));
    }
    sheet.line(FIELD, "Ready:", Texts.truth(status.path("ready")));
    sheet.line(FIELD, "Restart Count:", Integer.toString(status.path("restartCount").asInt(0)));
  }

  private static void state(Sheet sheet, String title, JsonNode state) {
    JsonNode running = state.path("running");
    JsonNode terminated = state.path("terminated");
    if (running.isObject()) {
      sheet.line(FIELD, title + ":", "Running");
      sheet.line(DETAIL, "Started:", Texts.time(running.path("startedAt")));
    } else if (terminated.isObject()) {
      sheet.line(FIELD, title + ":", "Terminated");
      for (String each : List.of("reason", "message")) {
        String said = Texts.of(terminated.path(each));
        String name = each.equals("reason") ? "Reason:" : "Message:";
        if (!said.isEmpty()) said(sheet, name, said);
      }
      sheet.line(DETAIL, "Exit Code:", Integer.toString(terminated.path("exitCode").asInt(0)));
      int signal = terminated.path("signal").asInt(0);
      if (signal > 0) sheet.line(DETAIL, "Signal:", Integer.toString(signal));
      sheet.line(DETAIL, "Started:", Texts.time(terminated.path("startedAt")));
      sheet.line(DETAIL, "Finished:", Texts.time(terminated.path("finishedAt")));
    } else {
      sheet.line(FIELD, title + ":", "Waiting");
      String reason = Texts.of(state.path("waiting").path("reason"));
      if (!reason.isEmpty()) sheet.line(DETAIL, "Reason:", reason);
    }
  }

  /** What a program wrote last may have several lines. */
  private static void said(Sheet sheet, String title, String text) {
    String[] lines = text.split("\n", -1);
    sheet.line(DETAIL, title, lines[0]);
    for (int i = 1; i < lines.length; i++) sheet.line(0, lines[i]);
  }
}
