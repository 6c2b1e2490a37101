package io.ordinal.agent.host;

import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.agent.driver.Driver;
import io.ordinal.agent.driver.RunStatus;
import io.ordinal.agent.network.Addresses;
import io.ordinal.agent.state.AgentState;
import io.ordinal.agent.state.HeldSession;
import io.ordinal.agent.state.LifeName;
import io.ordinal.agent.state.Recalled;
import io.ordinal.agent.workload.RunWords;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Takes stock when the agent starts: ends what belongs to nobody, and leaves what does. Everything
 * may be done again when it was cut off.
 */
final class Recovery {
  private final Driver driver;
  private final AgentState state;
  private final Addresses addresses;
  private final Supplier<CompletionStage<Optional<Duration>>> deadline;
  private final UpTime upTime;

  /**
   * @param deadline as it stands for the launchers of this boot
   */
  private Recovery(
      Driver driver,
      AgentState state,
      Addresses addresses,
      Supplier<CompletionStage<Optional<Duration>>> deadline,
      UpTime upTime) {
    this.driver = driver;
    this.state = state;
    this.addresses = addresses;
    this.deadline = deadline;
    this.upTime = upTime;
  }

  static Recovery of(HostPorts ports) {
    return new Recovery(
        ports.workload().driver(),
        ports.workload().state(),
        ports.workload().addresses(),
        () -> CompletableFuture.supplyAsync(ports.deadline()::current, ports.deadlineThread()),
        ports.upTime());
  }

  /**
   * @param session the one that was held; marked when its lease has run out meanwhile
   * @param deadline of its lease, if that is still to come
   */
  record Stock(Findings findings, Optional<HeldSession> session, Optional<Duration> deadline) {}

  CompletionStage<Stock> take() {
    return driver
        .endStrays()
        .thenCompose(strays -> driver.recover())
        .thenCompose(runs -> state.recall().thenCompose(recalled -> count(recalled, runs)))
        .thenCompose(this::clear);
  }

  private CompletionStage<Stock> count(Recalled recalled, Map<ContainerRun, RunStatus> runs) {
    return deadline
        .get()
        .thenApply(
            written -> {
              Duration now = upTime.now();
              Optional<Duration> granted = written.filter(it -> !it.equals(NodeAgent.NO_LEASE));
              Optional<Duration> toCome = granted.filter(until -> now.compareTo(until) < 0);
              boolean ranOut = granted.isPresent() && toCome.isEmpty();
              Optional<HeldSession> session =
                  recalled.session().map(held -> ranOut ? held.over() : held);
              boolean fencedMayRun = toCome.isPresent();
              return new Stock(new Findings(recalled, runs, fencedMayRun), session, toCome);
            });
  }

  private CompletionStage<Stock> clear(Stock stock) {
    Findings findings = stock.findings();
    return all(findings.surplus().stream().map(driver::kill).toList())
        .thenCompose(nothing -> all(findings.unknown().stream().map(this::forget).toList()))
        .thenCompose(nothing -> addresses.keepOnly(findings.living()))
        .thenCompose(
            nothing -> all(findings.fences().entrySet().stream().map(this::fence).toList()))
        .thenCompose(nothing -> all(stock.session().stream().map(state::hold).toList()))
        .thenApply(nothing -> stock);
  }

  /** What is said of a life must be what its launcher holds: otherwise it must not run. */
  private CompletionStage<?> fence(Map.Entry<ContainerRun, Boolean> run) {
    return driver
        .setFenced(run.getKey(), run.getValue())
        .<Object>thenApply(nothing -> run)
        .exceptionallyCompose(failure -> driver.kill(run.getKey()).thenApply(exited -> run));
  }

  /** The floor first: from then on the life can only be reported as ended. */
  private CompletionStage<Void> forget(LifeName life) {
    return state
        .raiseFloor(life.replica(), life.incarnation())
        .thenCompose(
            nothing -> driver.forgetLife(RunWords.anyRun(life.replica(), life.incarnation())));
  }

  private static CompletableFuture<Void> all(List<? extends CompletionStage<?>> stages) {
    return CompletableFuture.allOf(
        stages.stream()
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture[]::new));
  }
}
