package io.ordinal.cli.describe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SheetTest {
  @Test
  void neighbours_are_aligned_and_a_line_of_one_cell_parts_them() {
    Sheet sheet = new Sheet();
    sheet.line(0, "Name:", "web-0");
    sheet.line(0, "Containers:", "");
    sheet.line(0, "Events:");
    sheet.line(1, "Type", "Age");
    sheet.line(1, "Normal", "3s");
    assertThat(sheet.lines())
        .containsExactly(
            "Name:        web-0", "Containers:  ", "Events:", "  Type    Age", "  Normal  3s");
  }

  @Test
  void a_column_ends_where_a_line_has_it_no_more() {
    Sheet sheet = new Sheet();
    sheet.line(0, "a", "wide cell", "x");
    sheet.line(0, "bb", "y");
    sheet.line(0, "c", "", "z");
    assertThat(sheet.lines()).containsExactly("a   wide cell  x", "bb  y", "c     z");
  }

  @Test
  void what_a_terminal_would_obey_is_shown_instead() {
    Sheet sheet = new Sheet();
    sheet.line(0, "a\u001b[2Jb", "c\rd\u0007\u009b\u007f");
    sheet.line(0, "x", "y");
    assertThat(sheet.lines()).containsExactly("a^[[2Jb  c\\rd^G\\u009b^?", "x        y");
  }

  @Test
  void columns_are_counted_in_characters() {
    Sheet sheet = new Sheet();
    sheet.line(0, "\ud83d\ude00\ud83d\ude00", "a");
    sheet.line(0, "xyz", "b");
    assertThat(sheet.lines()).containsExactly("\ud83d\ude00\ud83d\ude00   a", "xyz  b");
  }

  @Test
  void values_stand_below_one_another() {
    Sheet sheet = new Sheet();
    sheet.values(1, "Labels", List.of("a=b", "c=d"));
    sheet.values(1, "Taints", List.of());
    assertThat(sheet.lines())
        .containsExactly("  Labels:  a=b", "           c=d", "  Taints:  <none>");
  }
}
