package io.ordinal.cli.resource;

import java.util.ArrayList;
import java.util.List;

/** Columns of text, three blanks apart. */
public final class TextTable {
  private static final int GAP = 3;

  private final List<Integer> widths = new ArrayList<>();

  /**
   * The rows as lines, with columns as wide as the widest cell so far: rows that come later align
   * with those that were printed, as long as they fit.
   */
  public List<String> lines(List<List<String>> rows) {
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) widen(i, row.get(i).length());
    }
    return rows.stream().map(this::line).toList();
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
      if (i + 1 < row.size()) line.append(" ".repeat(widths.get(i) + GAP - cell.length()));
    }
    return line.toString();
  }
}
