package io.ordinal.cli.up;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Shows rows as they change: redrawn in place on a terminal, otherwise a line for each change. */
final class Progress {
  private static final String FORMAT = "%-28s %-7s %-22s %-15s %-12s %s";
  private final PrintWriter out;
  private final boolean terminal;
  private final Map<String, String> printed = new HashMap<>();
  private int drawn;

  Progress(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  void show(List<ReplicaRow> rows, Duration since) {
    if (terminal) {
      redraw(rows, since);
    } else {
      rows.forEach(row -> lineIfChanged(row, since));
    }
    out.flush();
  }

  private void redraw(List<ReplicaRow> rows, Duration since) {
    List<String> lines = new ArrayList<>();
    lines.add(FORMAT.formatted("REPLICA", "READY", "STATUS", "ADDRESS", "INCARNATION", "WAITING"));
    for (ReplicaRow row : rows) lines.add(text(row, row.notReadyFor(since)));
    if (drawn > 0) out.print("\u001b[" + drawn + "A");
    lines.forEach(line -> out.print("\r\u001b[2K" + line + "\n"));
    drawn = lines.size();
  }

  private void lineIfChanged(ReplicaRow row, Duration since) {
    String text = text(row, "").stripTrailing();
    if (!text.equals(printed.put(row.name(), text)))
      out.printf("%6.2fs  %s%n", since.toMillis() / 1000.0, text.strip());
  }

  private static String text(ReplicaRow row, String waiting) {
    return FORMAT.formatted(
        row.name(), row.ready(), row.status(), row.address(), row.incarnation(), waiting);
  }
}
