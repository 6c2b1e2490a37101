package io.ordinal.agent.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.protocol.agent.ContainerOrder;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeOrder.RestartPolicy;
import io.ordinal.protocol.agent.LifeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lives in a world that answers late, fails at will and kills processes, one step at a time. */
class LifecyclePropertyTest {
  private static final int STEPS = 300;

  static LongStream seeds() {
    return LongStream.range(0, 400);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void keeps_its_promises_whatever_happens(long seed) {
    World world = new World(seed);
    for (int step = 0; step < STEPS; step++) {
      world.something();
      if (world.chance(100)) world.agentDies();
      if (world.chance(120)) world.wantStop();
    }
    world.wantStop();
    for (int step = 0; step < STEPS && !world.ended(); step++) world.something();
    assertThat(world.ended()).as("seed %d: a stop that is obeyed ends", seed).isTrue();
  }

  private static final class World {
    final long seed;
    final Random random;
    final LifeOrder order;
    final Map<String, Integer> alive = new HashMap<>();
    final Map<String, Exit> exits = new HashMap<>();
    final Set<String> begun = new HashSet<>();
    List<Fact> pending = new ArrayList<>();
    Instant now = Instant.parse("2026-11-20T00:00:00Z");
    LifeState state;
    LifeMemory memory;
    boolean stopping;

    World(long seed) {
      this.seed = seed;
      this.random = new Random((seed + 1) * 0x9E3779B97F4A7C15L);
      RestartPolicy[] policies = RestartPolicy.values();
      this.order =
          Lives.order(
              policies[random.nextInt(policies.length)],
              random.nextBoolean() ? List.of() : List.of(Lives.plain("i0"), Lives.plain("i1")),
              any("m0"),
              any("m1"));
      this.state = LifeState.fresh(order);
      this.memory = LifeMemory.of(order, state);
      learn(new Fact.Woke());
    }

    private ContainerOrder any(String name) {
      return Lives.container(
          name,
          random.nextBoolean() ? Optional.empty() : Lives.probe(Duration.ZERO),
          random.nextBoolean() ? Optional.empty() : Lives.probe(Duration.ofSeconds(3)),
          random.nextBoolean() ? Optional.empty() : Lives.probe(Duration.ZERO),
          random.nextBoolean() ? Optional.empty() : Optional.of(Lives.CHECK),
          random.nextBoolean() ? Optional.empty() : Optional.of(Lives.CHECK));
    }

    boolean chance(int oneIn) {
      return random.nextInt(oneIn) == 0;
    }

    boolean ended() {
      return state instanceof LifeState.Ended;
    }

    void wantStop() {
      stopping = true;
      learn(new Fact.StopWanted(Duration.ofSeconds(random.nextInt(20)), "", ""));
    }

    void something() {
      switch (random.nextInt(4)) {
        case 0 -> now = now.plusMillis(random.nextInt(5_000));
        case 1 -> alive.keySet().stream().findAny().ifPresent(this::sometimesDies);
        default -> {
          if (!pending.isEmpty()) {
            learn(pending.remove(random.nextInt(pending.size())));
            return;
          }
        }
      }
      learn(new Fact.Woke());
    }

    private void sometimesDies(String container) {
      if (chance(3)) dies(container);
    }

    private void dies(String container) {
      Integer attempt = alive.remove(container);
      if (attempt == null) return;
      int code = random.nextInt(3);
      Exit exit = new Exit(OptionalInt.of(code), now.minusSeconds(code), now, false, false, false);
      exits.put(container + attempt, exit);
      pending.add(new Fact.Exited(container, attempt, exit));
    }

    /** All that was under way is forgotten; what runs, runs on. */
    void agentDies() {
      pending = new ArrayList<>();
      List<FoundRun> found = new ArrayList<>();
      alive.forEach(
          (container, attempt) ->
              found.add(new FoundRun(container, attempt, now, Optional.empty())));
      exits.forEach(
          (run, exit) -> {
            String container = run.substring(0, 2);
            int attempt = Integer.parseInt(run.substring(2));
            found.add(new FoundRun(container, attempt, now, Optional.of(exit)));
          });
      Resumption resumption = Resumption.of(order, memory, found, Lives.SETTINGS, now);
      state = resumption.state();
      resumption.facts().forEach(this::learn);
      // What still runs is watched again: a later death is told.
      learn(new Fact.Woke());
    }

    void learn(Fact fact) {
      Step step = Lifecycle.next(order, state, fact, Lives.SETTINGS, now);
      state = step.state();
      memory = LifeMemory.of(order, state); // Durable before anything is started.
      for (LifeAction action : step.actions()) obey(action);
      check();
    }

    private void obey(LifeAction action) {
      if (action instanceof LifeAction.Start start) start(start);
      if (action instanceof LifeAction.Kill kill) kill(kill.container(), kill.attempt());
      if (action instanceof LifeAction.Terminate it && chance(2)) dies(it.container());
      if (action instanceof LifeAction.Ask ask) {
        pending.add(new Fact.Checked(ask.container(), ask.attempt(), ask.kind(), !chance(3), "no"));
      }
      if (action instanceof LifeAction.RunHook hook && !chance(5)) {
        pending.add(
            new Fact.HookEnded(hook.container(), hook.attempt(), hook.hook(), !chance(4), "no"));
      }
    }

    private void start(LifeAction.Start start) {
      String container = start.container();
      assertThat(stopping).as("seed %d: nothing starts in a life that stops", seed).isFalse();
      Integer other = alive.get(container);
      assertThat(other == null || other == start.attempt())
          .as("seed %d: %s starts while run %s of it exists", seed, start, other)
          .isTrue();
      if (container.startsWith("m")) assertInitialized();
      if (begun.contains(container + start.attempt())) {
        repeated(container, start.attempt());
        return;
      }
      int fate = random.nextInt(10);
      if (fate == 0) {
        pending.add(new Fact.Refused(container, start.attempt(), "ErrImagePull", "none"));
        return;
      }
      if (fate == 1) {
        pending.add(new Fact.StartFailed(container, start.attempt(), "fault, nothing ran"));
        return;
      }
      begun.add(container + start.attempt());
      alive.put(container, start.attempt());
      pending.add(
          fate == 2
              ? new Fact.StartFailed(container, start.attempt(), "fault, but it runs")
              : new Fact.Started(container, start.attempt(), now));
    }

    private void repeated(String container, int attempt) {
      Exit exit = exits.get(container + attempt);
      pending.add(
          exit == null
              ? new Fact.Started(container, attempt, now)
              : new Fact.Exited(container, attempt, exit));
    }

    private void kill(String container, int attempt) {
      Integer running = alive.get(container);
      if (running != null && running == attempt) {
        dies(container);
        return;
      }
      Exit known =
          exits.getOrDefault(
              container + attempt, new Exit(OptionalInt.empty(), now, now, false, false, false));
      pending.add(new Fact.Exited(container, attempt, known));
    }

    private void assertInitialized() {
      LifeStatus status =
          LifeView.status(order, state, 1, Optional.empty(), now, "process", new Fence(false, 0));
      assertThat(status.initContainers())
          .as("seed %d: init containers first", seed)
          .allMatch(
              each ->
                  each.state()
                          instanceof
                          io.ordinal.protocol.agent.LifeStatus.ContainerState.Terminated terminated
                      && terminated.exitCode() == 0);
    }

    private void check() {
      if (ended()) {
        assertThat(alive).as("seed %d: nothing runs in a life that has ended", seed).isEmpty();
      }
    }
  }
}
