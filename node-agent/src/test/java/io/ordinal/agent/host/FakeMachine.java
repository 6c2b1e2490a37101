package io.ordinal.agent.host;

import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.agent.driver.Driver;
import io.ordinal.agent.driver.LaunchSpec;
import io.ordinal.agent.driver.RunStatus;
import io.ordinal.agent.driver.RunStatus.Exited;
import io.ordinal.agent.driver.RunStatus.Running;
import io.ordinal.agent.state.AgentState;
import io.ordinal.agent.state.HeldSession;
import io.ordinal.agent.state.LifeName;
import io.ordinal.agent.state.Recalled;
import io.ordinal.agent.state.StoredLife;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * A machine that outlives its agents: processes and disk. Each agent gets its own {@link Powers},
 * which die with it: at a chosen step before or after the step had its effect.
 */
final class FakeMachine {
  private final Map<ContainerRun, CompletableFuture<Exited>> runs = new LinkedHashMap<>();
  private final Map<ContainerRun, Instant> startedAt = new HashMap<>();
  private final Map<ContainerRun, Boolean> fenced = new HashMap<>();
  private final Map<LifeName, StoredLife> lives = new LinkedHashMap<>();
  private final Map<ReplicaId, Incarnation> floors = new HashMap<>();
  private final List<String> violations = new ArrayList<>();
  private Optional<HeldSession> session = Optional.empty();
  private Optional<Duration> deadline = Optional.empty();
  private Powers powers = new Powers(this, Integer.MAX_VALUE, false);
  private boolean ignoresTerm;
  private CompletableFuture<Void> killsWork = CompletableFuture.completedFuture(null);
  private int kills;

  /** A new agent's hold on this machine; the one before loses its own. */
  synchronized Powers newAgent(int deadlyStep, boolean afterEffect) {
    powers = new Powers(this, deadlyStep, afterEffect);
    return powers;
  }

  synchronized List<ContainerRun> alive() {
    return runs.entrySet().stream()
        .filter(each -> !each.getValue().isDone())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** How often a process was started. */
  synchronized int starts() {
    return startedAt.size();
  }

  synchronized void violate(String what) {
    violations.add(what);
  }

  synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  synchronized Optional<StoredLife> remembered(LifeName life) {
    return Optional.ofNullable(lives.get(life));
  }

  synchronized void ignoreTerm() {
    ignoresTerm = true;
  }

  /** As a process that ends by itself or by somebody's SIGKILL. */
  void exit(ContainerRun run, int code, boolean byDeadline) {
    CompletableFuture<Exited> exit;
    Instant started;
    synchronized (this) {
      exit = runs.get(run);
      started = startedAt.get(run);
    }
    exit.complete(
        new Exited(OptionalInt.of(code), started, Instant.now(), byDeadline, false, false));
  }

  /** Whether launchers end every process that lives at the deadline. */
  synchronized boolean launchersFence() {
    return alive().stream().allMatch(fenced::get);
  }

  /** Whether launchers end none of them. */
  synchronized boolean launchersKeep() {
    return alive().stream().noneMatch(fenced::get);
  }

  synchronized Optional<Duration> deadline() {
    return deadline;
  }

  synchronized void moveDeadline(Duration sinceBoot) {
    deadline = Optional.of(sinceBoot);
  }

  private synchronized RunStatus start(LaunchSpec spec) {
    ContainerRun run = spec.run();
    if (!runs.containsKey(run)) {
      for (ContainerRun other : alive()) {
        boolean same =
            other.replica().equals(run.replica()) && other.container().equals(run.container());
        if (same) violations.add(run + " started while " + other + " runs");
      }
      Incarnation floor = floors.getOrDefault(run.replica(), Incarnation.NONE);
      if (!run.incarnation().isAfter(floor)) violations.add(run + " started below its floor");
      LifeName life = new LifeName(run.replica(), run.incarnation());
      if (!lives.containsKey(life)) violations.add(run + " started without being remembered");
      runs.put(run, new CompletableFuture<>());
      startedAt.put(run, Instant.now());
      fenced.put(run, spec.fenced());
    }
    return status(run);
  }

  private RunStatus status(ContainerRun run) {
    CompletableFuture<Exited> exit = runs.get(run);
    return exit.isDone() ? exit.join() : new Running(1, startedAt.get(run));
  }

  private synchronized CompletionStage<Exited> exitOf(ContainerRun run) {
    CompletableFuture<Exited> exit = runs.get(run);
    if (exit != null) return exit.copy();
    Instant now = Instant.now();
    return CompletableFuture.completedFuture(
        new Exited(OptionalInt.empty(), now, now, false, false, false));
  }

  /** As the damaged file of a session, which is set aside. */
  synchronized void loseSession() {
    session = Optional.empty();
  }

  /** Processes outlive SIGKILL, as those in uninterruptible sleep do, until this completes. */
  synchronized void resistKill(CompletableFuture<Void> until) {
    killsWork = until;
  }

  synchronized int kills() {
    return kills;
  }

  private synchronized CompletionStage<Exited> kill(ContainerRun run) {
    kills++;
    return killsWork.thenCompose(
        nothing -> {
          if (alive().contains(run)) exit(run, 137, false);
          return exitOf(run);
        });
  }

  private void terminate(ContainerRun run) {
    if (!ignoresTerm && alive().contains(run)) exit(run, 143, false);
  }

  private synchronized Map<ContainerRun, RunStatus> known() {
    Map<ContainerRun, RunStatus> known = new HashMap<>();
    runs.keySet().forEach(run -> known.put(run, status(run)));
    return known;
  }

  private synchronized void forgetLife(ContainerRun any) {
    LifeName life = Findings.lifeOf(any);
    if (alive().stream().map(Findings::lifeOf).anyMatch(life::equals)) {
      violations.add(life + " was forgotten while it runs");
    }
    runs.keySet().removeIf(run -> Findings.lifeOf(run).equals(life));
  }

  private synchronized Recalled recall() {
    return new Recalled(
        new UUID(7, 7),
        session,
        List.copyOf(lives.values()),
        Map.copyOf(floors),
        List.of(),
        List.of());
  }

  /** What one agent can do, as long as it lives. */
  static final class Powers implements Driver, AgentState {
    private final FakeMachine machine;
    private final int deadlyStep;
    private final boolean afterEffect;
    private final CompletableFuture<Void> death = new CompletableFuture<>();
    private int steps;

    private Powers(FakeMachine machine, int deadlyStep, boolean afterEffect) {
      this.machine = machine;
      this.deadlyStep = deadlyStep;
      this.afterEffect = afterEffect;
    }

    boolean dead() {
      return death.isDone();
    }

    synchronized int steps() {
      return steps;
    }

    private synchronized <T> CompletionStage<T> step(java.util.function.Supplier<T> effect) {
      return stage(() -> CompletableFuture.completedFuture(effect.get()));
    }

    private synchronized <T> CompletionStage<T> stage(
        java.util.function.Supplier<CompletionStage<T>> effect) {
      synchronized (machine) {
        if (dead() || machine.powers != this) return new CompletableFuture<>();
        steps++;
        if (steps < deadlyStep) return effect.get();
        if (afterEffect) effect.get();
        death.complete(null);
        return new CompletableFuture<>(); // Nobody is left to hear the answer.
      }
    }

    private CompletionStage<Void> doing(Runnable effect) {
      return step(
          () -> {
            effect.run();
            return null;
          });
    }

    @Override
    public String name() {
      return "fake";
    }

    @Override
    public Optional<String> shortfall(LaunchSpec spec) {
      return Optional.empty();
    }

    @Override
    public Map<String, String> traits() {
      return Map.of();
    }

    @Override
    public CompletionStage<String> pull(String image) {
      return step(() -> "");
    }

    @Override
    public CompletionStage<RunStatus> start(LaunchSpec spec) {
      return step(() -> machine.start(spec));
    }

    @Override
    public CompletionStage<Map<ContainerRun, RunStatus>> recover() {
      return step(machine::known);
    }

    @Override
    public CompletionStage<Exited> exit(ContainerRun run) {
      CompletableFuture<Exited> heard = new CompletableFuture<>();
      machine
          .exitOf(run)
          .thenAccept(
              exited -> {
                if (!dead()) heard.complete(exited);
              });
      return heard;
    }

    @Override
    public CompletionStage<Void> terminate(ContainerRun run) {
      return doing(() -> machine.terminate(run));
    }

    @Override
    public CompletionStage<Exited> kill(ContainerRun run) {
      return stage(() -> machine.kill(run));
    }

    @Override
    public CompletionStage<Void> setFenced(ContainerRun run, boolean fenced) {
      return doing(() -> machine.fenced.replace(run, fenced));
    }

    @Override
    public CompletionStage<ExecResult> exec(
        ContainerRun run, List<String> command, Duration timeout) {
      return step(() -> new ExecResult(0, ""));
    }

    @Override
    public CompletionStage<Void> forget(ContainerRun run) {
      return doing(() -> {});
    }

    @Override
    public CompletionStage<Void> forgetLife(ContainerRun any) {
      return doing(() -> machine.forgetLife(any));
    }

    @Override
    public CompletionStage<List<Running>> endStrays() {
      return step(List::of);
    }

    @Override
    public CompletionStage<Recalled> recall() {
      return step(machine::recall);
    }

    @Override
    public CompletionStage<Void> hold(HeldSession held) {
      return doing(() -> machine.session = Optional.of(held));
    }

    @Override
    public CompletionStage<Void> save(StoredLife life) {
      LifeName name = new LifeName(life.order().replica(), life.order().incarnation());
      return doing(() -> machine.lives.put(name, life));
    }

    @Override
    public CompletionStage<Void> remove(LifeName life) {
      return doing(() -> machine.lives.remove(life));
    }

    @Override
    public CompletionStage<Void> raiseFloor(ReplicaId replica, Incarnation floor) {
      return doing(() -> machine.floors.merge(replica, floor, (a, b) -> a.isAfter(b) ? a : b));
    }

    Executor blocking() {
      return Runnable::run;
    }
  }
}
