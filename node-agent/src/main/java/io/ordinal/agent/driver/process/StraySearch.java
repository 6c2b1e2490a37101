package io.ordinal.agent.driver.process;

import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.agent.driver.RunStatus.Running;
import io.ordinal.agent.driver.process.MarkerScan.Marked;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Ends what carries this node's marker and belongs to no run that is known to live. */
final class StraySearch {
  private final RunStore runs;

  StraySearch(RunStore runs) {
    this.runs = runs;
  }

  List<Running> end() throws IOException {
    List<Running> ended = new ArrayList<>();
    List<Marked> strays = strays();
    while (!strays.isEmpty()) {
      for (Marked stray : strays) {
        ended.add(new Running(stray.process().pid(), startOf(stray.process())));
        stray.process().kill();
      }
      strays = strays();
    }
    return ended;
  }

  private List<Marked> strays() throws IOException {
    // Looked for before the runs are read: what is started meanwhile has its record by then.
    List<Marked> marked = runs.marked();
    Set<String> living = new HashSet<>();
    for (Map.Entry<ContainerRun, RunDirectory> entry : runs.all().entrySet()) {
      if (entry.getValue().exited().isEmpty()) living.add(runs.markerOf(entry.getKey()));
    }
    return marked.stream()
        .filter(found -> !living.contains(found.value()) && found.process().alive())
        .toList();
  }

  private static Instant startOf(ProcessIdentity process) {
    return ProcessHandle.of(process.pid())
        .flatMap(handle -> handle.info().startInstant())
        .orElse(Instant.EPOCH);
  }
}
