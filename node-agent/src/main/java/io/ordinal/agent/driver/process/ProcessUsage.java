package io.ordinal.agent.driver.process;

import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.agent.driver.UsageMeter;
import io.ordinal.agent.driver.process.ProcessTable.Sum;
import io.ordinal.protocol.agent.NodeUsage;
import io.ordinal.protocol.agent.NodeUsage.Amount;
import io.ordinal.protocol.agent.NodeUsage.OfContainer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Measures by what the kernel tells of processes, and only when asked: once now and once before,
 * where before is the last time that somebody asked, or else a moment ago.
 */
public final class ProcessUsage implements UsageMeter, AutoCloseable {
  private static final Path PROC = Path.of("/proc");
  private static final long NANOS_PER_TICK = 1_000_000_000L / ProcessTable.TICKS_PER_SECOND;

  /**
   * One measurement.
   *
   * @param at on the monotonic clock, in nanoseconds
   */
  private record Sample(long at, Instant taken, Sum machine, Map<ContainerRun, Sum> runs) {}

  private final RunStore store;
  private final InstantSource time;
  private final LongSupplier nanoTime;
  private final UsageSettings settings;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "agent-usage");
            made.setDaemon(true);
            return made;
          });
  private Sample last; // Of the thread, as the next two.
  private NodeUsage told;
  private List<CompletableFuture<NodeUsage>> waiting = new ArrayList<>();
  private boolean extended; // Those who wait have waited for newcomers already.

  /**
   * @param state the directory of the driver whose runs are measured
   * @param nanoTime monotonic
   */
  public ProcessUsage(
      Path state, InstantSource time, LongSupplier nanoTime, UsageSettings settings) {
    this.store = new RunStore(state);
    this.time = time;
    this.nanoTime = nanoTime;
    this.settings = settings;
  }

  @Override
  public CompletionStage<NodeUsage> read() {
    CompletableFuture<NodeUsage> answer = new CompletableFuture<>();
    thread.execute(() -> ask(answer));
    return answer;
  }

  /** Those who ask while a window passes share it; who asks too soon hears the last one again. */
  private void ask(CompletableFuture<NodeUsage> answer) {
    long since = last == null ? Long.MAX_VALUE : nanoTime.getAsLong() - last.at();
    if (told != null && waiting.isEmpty() && since < settings.least().toNanos()) {
      answer.complete(told);
      return;
    }
    waiting.add(answer);
    if (waiting.size() > 1) return; // A window passes already.
    try {
      boolean stale = since > settings.most().toNanos();
      if (stale) last = take();
      long wait = stale ? settings.least().toNanos() : settings.least().toNanos() - since;
      thread.schedule(this::tell, Math.max(0, wait), TimeUnit.NANOSECONDS);
    } catch (IOException | RuntimeException failed) {
      fail(failed);
    }
  }

  private void tell() {
    try {
      Sample now = take();
      Sample before = last;
      last = now;
      // What began since has to be seen twice; what begins meanwhile is left out, or it had no end.
      if (!extended && !before.runs().keySet().containsAll(now.runs().keySet())) {
        extended = true;
        thread.schedule(this::tell, settings.least().toNanos(), TimeUnit.NANOSECONDS);
        return;
      }
      extended = false;
      told = between(before, now);
      List<CompletableFuture<NodeUsage>> answered = waiting;
      waiting = new ArrayList<>();
      answered.forEach(each -> each.complete(told));
    } catch (IOException | RuntimeException failed) {
      fail(failed);
    }
  }

  private void fail(Exception failed) {
    extended = false;
    List<CompletableFuture<NodeUsage>> answered = waiting;
    waiting = new ArrayList<>();
    answered.forEach(each -> each.completeExceptionally(failed));
  }

  private Sample take() throws IOException {
    Map<ContainerRun, RunDirectory> all = store.all();
    ProcessTable table = ProcessTable.read(PROC);
    Map<String, List<Long>> marked = new HashMap<>();
    boolean looked = false;
    Map<ContainerRun, Sum> runs = new HashMap<>();
    for (Map.Entry<ContainerRun, RunDirectory> each : all.entrySet()) {
      if (each.getValue().over()) continue;
      List<Long> roots = roots(table, each.getValue());
      boolean free = each.getValue().record().filter(RunRecord::namespaces).isEmpty();
      if (free && !looked) {
        marked = marked(); // Without namespaces some may have left the tree.
        looked = true;
      }
      if (free) roots.addAll(marked.getOrDefault(store.markerOf(each.getKey()), List.of()));
      if (!roots.isEmpty()) runs.put(each.getKey(), table.sum(roots));
    }
    return new Sample(
        nanoTime.getAsLong(), time.instant(), ProcessTable.machine(PROC), Map.copyOf(runs));
  }

  private static List<Long> roots(ProcessTable table, RunDirectory directory) throws IOException {
    List<Long> found = new ArrayList<>();
    for (String file : List.of(RunDirectory.INIT, RunDirectory.MAIN)) {
      directory.process(file).filter(table::has).ifPresent(each -> found.add(each.pid()));
    }
    return found;
  }

  private Map<String, List<Long>> marked() throws IOException {
    Map<String, List<Long>> found = new HashMap<>();
    for (MarkerScan.Marked each : MarkerScan.find(List.of("ORDINAL_RUN"), store.marker() + "/")) {
      found.computeIfAbsent(each.value(), fresh -> new ArrayList<>()).add(each.process().pid());
    }
    return found;
  }

  private static NodeUsage between(Sample before, Sample now) {
    long nanos = Math.max(1, now.at() - before.at());
    List<OfContainer> containers = new ArrayList<>();
    now.runs()
        .forEach(
            (run, sum) -> {
              Sum earlier = before.runs().get(run);
              if (earlier == null) return; // It began within the window.
              containers.add(
                  new OfContainer(run.replica(), run.container(), amount(earlier, sum, nanos)));
            });
    containers.sort(
        Comparator.comparing((OfContainer each) -> each.replica().toString())
            .thenComparing(OfContainer::container));
    return new NodeUsage(
        now.taken(),
        Duration.ofNanos(nanos),
        amount(before.machine(), now.machine(), nanos),
        containers);
  }

  private static Amount amount(Sum before, Sum now, long nanos) {
    double used = Math.max(0, now.ticks() - before.ticks()) * (double) NANOS_PER_TICK;
    return new Amount(Math.round(used * 1_000_000_000L / nanos), now.memoryBytes());
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
