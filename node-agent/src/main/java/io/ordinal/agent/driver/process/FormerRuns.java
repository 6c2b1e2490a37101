package io.ordinal.agent.driver.process;

import io.ordinal.agent.driver.process.MarkerScan.Marked;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Processes of this node that carry another marker: its directory was wiped while they ran, and
 * nobody knows them any more. Their launchers are found by the deadline file that they hold their
 * runs to, everything else by the markers of the launchers, which are nobody else's.
 */
final class FormerRuns {
  private static final char MARKER_ENDS = '/';

  private final RunStore runs;
  private final Path deadline;

  /** Kept: launchers may be gone before what they launched. */
  private final Set<String> markers = ConcurrentHashMap.newKeySet();

  FormerRuns(RunStore runs, Path deadline) {
    this.runs = runs;
    this.deadline = deadline.toAbsolutePath();
  }

  /** Every one that can be found; also those of earlier looks that are left. */
  List<Marked> marked() throws IOException {
    for (Marked launcher : MarkerScan.naming(deadline, "ORDINAL_DEADLINE", "ORDINAL_LAUNCHER")) {
      int end = launcher.value().indexOf(MARKER_ENDS);
      if (end > 0) markers.add(launcher.value().substring(0, end));
    }
    markers.remove(runs.marker());
    List<Marked> found = new ArrayList<>();
    for (String marker : markers) {
      found.addAll(MarkerScan.find(RunStore.VARIABLES, marker + MARKER_ENDS));
    }
    return found;
  }
}
