package io.ordinal.cli.drain;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Empties a node: closes it, evicts its pods as budgets and order allow, waits until they left. */
public final class Drain {
  private static final Duration PAUSE = Duration.ofMillis(250);
  private static final Duration REMINDER = Duration.ofSeconds(15);

  /** Between two rounds; may return early or throw when the drain is to be given up. */
  interface Pause {
    void of(Duration duration) throws InterruptedException;
  }

  private final NodeApi api;
  private final Consumer<String> progress;
  private final LongSupplier nanoTime;
  private final Pause pause;
  private final Map<String, String> told = new HashMap<>();
  private final Map<String, Long> toldAt = new HashMap<>();

  /**
   * @param progress gets a line for everything that happens
   */
  public Drain(NodeApi api, Consumer<String> progress) {
    this(api, progress, System::nanoTime, duration -> Thread.sleep(duration.toMillis()));
  }

  Drain(NodeApi api, Consumer<String> progress, LongSupplier nanoTime, Pause pause) {
    this.api = api;
    this.progress = progress;
    this.nanoTime = nanoTime;
    this.pause = pause;
  }

  /**
   * Blocks until the node is empty.
   *
   * @param byItself whether the node's own member asks, and opens the node again when it is back
   * @throws IOException when the node cannot be emptied as asked, or not in time; it stays closed
   */
  public void run(String node, DrainOptions options, boolean byItself)
      throws IOException, InterruptedException {
    long begin = nanoTime.getAsLong();
    if (!options.dryRun()) {
      boolean changed = api.cordon(node, true, byItself);
      progress.accept("node/" + node + (changed ? " cordoned" : " already cordoned"));
    }
    DrainPlan plan = DrainPlan.of(api.podsOn(node, options.podSelector()), options);
    if (!plan.refusals().isEmpty()) {
      throw new IOException(
          "node \"" + node + "\" cannot be drained: " + String.join("; ", plan.refusals()));
    }
    plan.stay().forEach(each -> progress.accept("pod " + each + " stays"));
    List<NodePod> left = options.dryRun() ? dryRun(plan) : empty(plan, options, begin);
    double seconds = (nanoTime.getAsLong() - begin) / 1e9;
    String how = options.dryRun() ? " could be drained of " : " drained of ";
    progress.accept("node/%s%s%d pods in %.1f s".formatted(node, how, plan.go().size(), seconds));
    if (!options.dryRun()) whereabouts(left);
  }

  private List<NodePod> dryRun(DrainPlan plan) throws IOException, InterruptedException {
    for (NodePod each : plan.go()) {
      NodeApi.Eviction answer = api.evict(each, java.util.OptionalLong.empty(), true);
      String now = answer.result() == NodeApi.Result.LATER ? " later: " + answer.message() : "";
      progress.accept("would evict pod " + each.id() + now);
    }
    return List.of();
  }

  private List<NodePod> empty(DrainPlan plan, DrainOptions options, long begin)
      throws IOException, InterruptedException {
    List<NodePod> asking = new ArrayList<>(plan.go());
    List<NodePod> leaving = new ArrayList<>();
    while (true) {
      try {
        ask(asking, leaving, options);
        notice(leaving);
      } catch (IOException unreachable) {
        if (!mayPass(unreachable)) throw unreachable;
        tell("server", "the API does not answer: " + unreachable.getMessage());
      }
      if (asking.isEmpty() && leaving.isEmpty()) return plan.go();
      requireTime(options, begin, asking, leaving);
      pause.of(PAUSE);
    }
  }

  /** A refusal stands; a line that broke may mend. */
  private static boolean mayPass(IOException failure) {
    return !(failure instanceof Refused);
  }

  private static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  private void ask(List<NodePod> asking, List<NodePod> leaving, DrainOptions options)
      throws IOException, InterruptedException {
    for (Iterator<NodePod> each = asking.iterator(); each.hasNext(); ) {
      NodePod pod = each.next();
      NodeApi.Eviction answer = api.evict(pod, options.graceSeconds(), false);
      switch (answer.result()) {
        case GRANTED -> {
          tell(pod.id(), "evicting pod " + pod.id());
          answer.warnings().forEach(warning -> progress.accept("Warning: " + warning));
          leaving.add(pod);
          each.remove();
        }
        case GONE -> each.remove();
        case LATER -> tell(pod.id(), "pod " + pod.id() + " must wait: " + answer.message());
        case REFUSED -> throw new Refused("pod " + pod.id() + ": " + answer.message());
      }
    }
  }

  private void notice(List<NodePod> leaving) throws IOException, InterruptedException {
    for (Iterator<NodePod> each = leaving.iterator(); each.hasNext(); ) {
      NodePod pod = each.next();
      Optional<NodePod> now = api.pod(pod.namespace(), pod.name());
      if (now.isPresent() && now.get().uid().equals(pod.uid())) continue;
      progress.accept("pod " + pod.id() + " left");
      each.remove();
    }
  }

  /** The same words about the same pod only once in a while. */
  private void tell(String subject, String line) {
    long now = nanoTime.getAsLong();
    boolean again = now - toldAt.getOrDefault(subject, now) > REMINDER.toNanos();
    if (line.equals(told.put(subject, line)) && !again) return;
    toldAt.put(subject, now);
    progress.accept(line);
  }

  private void requireTime(
      DrainOptions options, long begin, List<NodePod> asking, List<NodePod> leaving)
      throws IOException {
    Optional<Duration> most = options.timeout();
    if (most.isEmpty() || nanoTime.getAsLong() - begin < most.get().toNanos()) return;
    List<String> rest = new ArrayList<>();
    asking.forEach(each -> rest.add(each.id()));
    leaving.forEach(each -> rest.add(each.id() + " (leaving)"));
    throw new IOException(
        "drain did not complete within "
            + most.get().toSeconds()
            + " s; still there: "
            + String.join(", ", rest));
  }

  /** Where the pods are now, as far as that can be said already. */
  private void whereabouts(List<NodePod> left) throws InterruptedException {
    for (NodePod pod : left) {
      if (pod.controller().isEmpty()) continue;
      try {
        Optional<NodePod> now = api.pod(pod.namespace(), pod.name());
        if (now.isEmpty()) continue;
        String where =
            now.get().node().isEmpty()
                ? now.get().waits().isEmpty() ? "" : "waits: " + now.get().waits()
                : "is on node " + now.get().node() + (now.get().ready() ? ", ready" : "");
        if (!where.isEmpty()) progress.accept("pod " + pod.id() + " " + where);
      } catch (IOException unknown) {
        progress.accept("pod " + pod.id() + ": " + unknown.getMessage());
      }
    }
  }
}
