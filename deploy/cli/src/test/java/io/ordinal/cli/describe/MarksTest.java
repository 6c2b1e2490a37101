package io.ordinal.cli.describe;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.Json;
import org.junit.jupiter.api.Test;

class MarksTest {
  private static final String FACE = "\ud83d\ude00";

  @Test
  void a_long_line_is_cut_between_characters() {
    Sheet sheet = new Sheet();
    String value = "x".repeat(137) + FACE;
    Marks.annotations(sheet, 0, "Annotations", Json.object().put("a", value + "more"));
    assertThat(sheet.lines())
        .containsExactly("Annotations:  a:", " ".repeat(16) + "x".repeat(137) + "...");
  }

  @Test
  void a_character_that_fits_is_kept() {
    Sheet sheet = new Sheet();
    Marks.annotations(
        sheet, 0, "Annotations", Json.object().put("a", "x".repeat(136) + FACE + "more"));
    assertThat(sheet.lines())
        .containsExactly("Annotations:  a:", " ".repeat(16) + "x".repeat(136) + FACE + "...");
  }
}
