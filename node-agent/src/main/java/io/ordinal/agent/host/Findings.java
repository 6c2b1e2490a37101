package io.ordinal.agent.host;

import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.agent.driver.RunStatus;
import io.ordinal.agent.lifecycle.ContainerMemory;
import io.ordinal.agent.lifecycle.Fact;
import io.ordinal.agent.lifecycle.FoundRun;
import io.ordinal.agent.lifecycle.LifeMemory;
import io.ordinal.agent.lifecycle.LifecycleSettings;
import io.ordinal.agent.state.HeldSession;
import io.ordinal.agent.state.LifeName;
import io.ordinal.agent.state.Recalled;
import io.ordinal.agent.state.StoredLife;
import io.ordinal.agent.workload.HostedLife;
import io.ordinal.agent.workload.RunWords;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an agent finds when it starts: its memory joined with what the driver knows. Pure.
 *
 * @param runs by what the driver knows of them
 * @param fencedMayRun the lease of the session that was held has not run out
 */
record Findings(Recalled recalled, Map<ContainerRun, RunStatus> runs, boolean fencedMayRun) {

  /**
   * Runs that must not be: of lives that nothing is known of, and of containers of which another
   * run is the present one. They are to be killed before anything is started.
   */
  List<ContainerRun> surplus() {
    Map<LifeName, StoredLife> lives = lives();
    return runs.entrySet().stream()
        .filter(each -> each.getValue() instanceof RunStatus.Running)
        .map(Map.Entry::getKey)
        .filter(run -> !present(run, lives.get(lifeOf(run))))
        .toList();
  }

  /** The lives that go on. */
  Map<ReplicaId, Incarnation> living() {
    Map<ReplicaId, Incarnation> living = new HashMap<>();
    for (StoredLife life : recalled.lives()) {
      if (life.memory().ended()) continue;
      living.merge(
          life.order().replica(),
          life.order().incarnation(),
          (one, other) -> one.isAfter(other) ? one : other);
    }
    return living;
  }

  /** Runs that go on, and whether the launcher of each is to end it with the lease. */
  Map<ContainerRun, Boolean> fences() {
    Map<LifeName, StoredLife> lives = lives();
    Map<ContainerRun, Boolean> fences = new LinkedHashMap<>();
    runs.forEach(
        (run, status) -> {
          StoredLife life = lives.get(lifeOf(run));
          boolean goesOn = status instanceof RunStatus.Running && present(run, life);
          if (goesOn) fences.put(run, life.order().fenced());
        });
    return fences;
  }

  private static boolean present(ContainerRun run, StoredLife life) {
    if (life == null || life.memory().ended()) return false;
    return containers(life.memory())
        .anyMatch(
            each ->
                each.name().equals(run.container())
                    && each.past().attempt() == run.attempt()
                    && each.stage() == ContainerMemory.Stage.BEGUN);
  }

  private static Stream<ContainerMemory> containers(LifeMemory memory) {
    return Stream.concat(memory.inits().stream(), memory.mains().stream());
  }

  /** Lives that something is left of, but not their order: they can only be declared ended. */
  Set<LifeName> unknown() {
    Set<LifeName> unknown = new LinkedHashSet<>(recalled.lost());
    Set<LifeName> known = lives().keySet();
    runs.keySet().stream()
        .map(Findings::lifeOf)
        .filter(life -> !known.contains(life))
        .forEach(unknown::add);
    return unknown;
  }

  /** The lives to be hosted again. */
  List<HostedLife> hosted(LifecycleSettings settings, Instant now) {
    List<HostedLife> hosted = new ArrayList<>();
    for (StoredLife life : recalled.lives()) {
      hosted.add(HostedLife.found(life, runsOf(life), stopFor(life), settings, now));
    }
    return hosted;
  }

  private Optional<Fact.StopWanted> stopFor(StoredLife life) {
    if (life.order().fenced() && !mayRun(life.order().session())) {
      return Optional.of(
          new Fact.StopWanted(Duration.ZERO, "LeaseExpired", "The node's lease ran out"));
    }
    Incarnation floor = recalled.floors().getOrDefault(life.order().replica(), Incarnation.NONE);
    if (life.order().incarnation().isAfter(floor)) return Optional.empty();
    return Optional.of(new Fact.StopWanted(life.order().terminationGrace(), "", ""));
  }

  private boolean mayRun(Session session) {
    return fencedMayRun
        && recalled
            .session()
            .filter(held -> !held.lapsed())
            .map(HeldSession::session)
            .equals(Optional.of(session));
  }

  private List<FoundRun> runsOf(StoredLife life) {
    List<FoundRun> found = new ArrayList<>();
    LifeName name = new LifeName(life.order().replica(), life.order().incarnation());
    runs.forEach(
        (run, status) -> {
          if (lifeOf(run).equals(name)) found.add(RunWords.found(run, status));
        });
    return found;
  }

  private Map<LifeName, StoredLife> lives() {
    Map<LifeName, StoredLife> lives = new HashMap<>();
    for (StoredLife life : recalled.lives()) {
      lives.put(new LifeName(life.order().replica(), life.order().incarnation()), life);
    }
    return lives;
  }

  static LifeName lifeOf(ContainerRun run) {
    return new LifeName(run.replica(), run.incarnation());
  }
}
