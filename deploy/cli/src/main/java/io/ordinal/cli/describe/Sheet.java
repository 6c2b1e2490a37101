package io.ordinal.cli.describe;

import io.ordinal.cli.resource.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lines of cells. Cells of neighbouring lines that stand in the same place are as wide as the
 * widest of them, and two blanks; the last cell of a line is as wide as its text. (As Go's
 * tabwriter has it, with which kubectl prints.) What terminals would obey is shown instead.
 */
final class Sheet {
  private static final int GAP = 2;
  private static final String STEP = "  ";

  private final List<List<String>> lines = new ArrayList<>();

  /**
   * @param depth of the indent, which is a part of the first cell
   */
  void line(int depth, String... cells) {
    List<String> line =
        Stream.of(cells).map(Printable::of).collect(Collectors.toCollection(ArrayList::new));
    line.set(0, STEP.repeat(depth) + line.get(0));
    lines.add(line);
  }

  /** A title, and its values below one another behind it. */
  void values(int depth, String title, List<String> values) {
    if (values.isEmpty()) line(depth, title + ":", "<none>");
    for (int i = 0; i < values.size(); i++) {
      line(i == 0 ? depth : 0, i == 0 ? title + ":" : "", values.get(i));
    }
  }

  List<String> lines() {
    List<StringBuilder> text = new ArrayList<>();
    lines.forEach(each -> text.add(new StringBuilder()));
    align(text, 0, 0, lines.size());
    return text.stream().map(StringBuilder::toString).toList();
  }

  /** Writes one column of some lines, and what is right of it. */
  private void align(List<StringBuilder> text, int column, int from, int to) {
    int at = from;
    while (at < to) {
      int end = at;
      int width = 0;
      while (end < to && lines.get(end).size() > column + 1) {
        width = Math.max(width, Printable.width(lines.get(end).get(column)) + GAP);
        end++;
      }
      if (end == at) {
        if (lines.get(at).size() > column) text.get(at).append(lines.get(at).get(column));
        at++;
        continue;
      }
      for (int i = at; i < end; i++) {
        String cell = lines.get(i).get(column);
        text.get(i).append(cell).append(" ".repeat(width - Printable.width(cell)));
      }
      align(text, column + 1, at, end);
      at = end;
    }
  }
}
