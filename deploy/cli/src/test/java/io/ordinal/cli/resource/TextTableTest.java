package io.ordinal.cli.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void what_a_terminal_would_obey_is_shown_instead_and_columns_stay_aligned() {
    List<List<String>> rows = List.of(List.of("a\u001b[2J", "b\rc"), List.of("x", "y"));
    assertThat(new TextTable().lines(rows)).containsExactly("a^[[2J   b\\rc", "x        y");
  }

  @Test
  void columns_are_counted_in_characters() {
    List<List<String>> rows = List.of(List.of("\ud83d\ude00", "a"), List.of("xy", "b"));
    assertThat(new TextTable().lines(rows)).containsExactly("\ud83d\ude00    a", "xy   b");
  }
}
