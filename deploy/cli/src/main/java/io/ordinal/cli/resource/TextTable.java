package io.ordinal.cli.resource;

import java.util.ArrayList;
import java.util.List;

/** Columns of text, three blanks apart, without what terminals would obey. */
public final class TextTable {
  private static final int GAP = 3;

  private final List<Integer> widths = new ArrayList<>();

  /**
   * The rows as lines, with columns as wide as the widest cell so far: rows that come later align
   * with those that were printed, as long as they fit.
   */
  public List<String> lines(List<List<String>> rows) {
    List<List<String>> shown =
        rows.stream().map(row -> row.stream().map(Printable::of).toList()).toList();
    for (List<String> row : shown) {
      for (int i = 0; i < row.size(); i++) widen(i, Printable.width(row.get(i)));
    }
    return shown.stream().map(this::line).toList();
  }

  private void widen(int column, int width) {
    while (widths.size() <= column) widths.add(0);
    widths.set(column, Math.max(widths.get(column), width));
  }

  private String line(List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      String cell = row.get(i);
      line.append(cell);
      if (i + 1 == row.size()) break;
      line.append(" ".repeat(widths.get(i) + GAP - Printable.width(cell)));
    }
    return line.toString();
  }
}
