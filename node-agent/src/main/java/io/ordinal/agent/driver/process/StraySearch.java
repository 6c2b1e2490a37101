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

/** Ends what carries this node's marker and belongs to no run that is known to live. */
final class StraySearch {
  /** Most die within one round; what sleeps uninterruptibly may take this many, or longer. */
  private static final int ROUNDS = 100;

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final RunStore runs;

  StraySearch(RunStore runs) {
    this.runs = runs;
  }

  /**
   * @return each process that was ended, once
   * @throws IOException when some outlive SIGKILL for seconds
   */
  List<Running> end() throws IOException, InterruptedException {
    return end(this::strays, PAUSE);
  }

  static List<Running> end(MarkerScan.Search search, Duration pause)
      throws IOException, InterruptedException {
    Map<ProcessIdentity, Running> ended = new LinkedHashMap<>();
    List<Marked> strays = search.look();
    for (int round = 0; !strays.isEmpty(); round++) {
      if (round == ROUNDS) throw new IOException("cannot be ended: " + strays);
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
