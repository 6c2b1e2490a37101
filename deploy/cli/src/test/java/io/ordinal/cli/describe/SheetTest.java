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
  void values_stand_below_one_another() {
    Sheet sheet = new Sheet();
    sheet.values(1, "Labels", List.of("a=b", "c=d"));
    sheet.values(1, "Taints", List.of());
    assertThat(sheet.lines())
        .containsExactly("  Labels:  a=b", "           c=d", "  Taints:  <none>");
  }
}
