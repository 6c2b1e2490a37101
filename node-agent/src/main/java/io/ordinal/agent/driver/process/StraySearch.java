package io.ordinal.agent.driver.process;

import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.agent.driver.RunStatus.Running;
import io.ordinal.agent.driver.process.MarkerScan.Marked;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Ends what carries this node's marker and belongs to no run that is known to live, and what was
 * started before the node's directory was wiped.
 */
final class StraySearch {
  private final RunStore runs;
  private final FormerRuns former;
  private final Duration patience;
  private final Duration pause;

  /**
   * @param patience most die at once; what sleeps uninterruptibly may take so long, or longer
   * @param pause between two looks
   */
  StraySearch(RunStore runs, FormerRuns former, Duration patience, Duration pause) {
    this.runs = runs;
    this.former = former;
    this.patience = patience;
    this.pause = pause;
  }

  /**
   * @return each process that was ended, once
   * @throws IOException when some outlive SIGKILL for longer than the patience
   */
  List<Running> end() throws IOException, InterruptedException {
    return end(this::strays, patience, pause);
  }

  static List<Running> end(MarkerScan.Search search, Duration patience, Duration pause)
      throws IOException, InterruptedException {
    Map<ProcessIdentity, Running> ended = new LinkedHashMap<>();
    List<Marked> strays = search.look();
    long rounds = Math.max(1, patience.dividedBy(pause));
    for (long round = 0; !strays.isEmpty(); round++) {
      if (round == rounds) throw new IOException("cannot be ended: " + strays);
      if (round > 0) Thread.sleep(pause.toMillis());
      for (Marked stray : strays) {
        ProcessIdentity process = stray.process();
        ended.computeIfAbsent(process, it -> new Running(it.pid(), startOf(it)));
        process.kill();
      }
      strays = search.look();
    }
    return List.copyOf(ended.values());
  }

  private List<Marked> strays() throws IOException {
    // Looked for before the runs are read: what is started meanwhile has its record by then.
    List<Marked> marked = runs.marked();
    marked.addAll(former.marked());
    Set<String> living = new HashSet<>();
    for (Map.Entry<ContainerRun, RunDirectory> entry : runs.all().entrySet()) {
      if (!entry.getValue().over()) living.add(runs.markerOf(entry.getKey()));
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
