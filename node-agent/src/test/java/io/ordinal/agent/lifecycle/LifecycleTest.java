package io.ordinal.agent.lifecycle;

import static io.ordinal.agent.lifecycle.Lives.plain;
import static io.ordinal.agent.lifecycle.Lives.probe;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.protocol.agent.ContainerOrder;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeOrder.RestartPolicy;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LifeStatus.ContainerState;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");

  /** Plays one life, one fact at a time. */
  private static final class Play {
    final LifeOrder order;
    LifeState state;
    Instant now = START;
    List<LifeAction> actions = List.of();
    Optional<Instant> wakeAt = Optional.empty();

    Play(LifeOrder order) {
      this.order = order;
      this.state = LifeState.fresh(order);
      learn(new Fact.Woke());
    }

    void learn(Fact fact) {
      Step step = Lifecycle.next(order, state, fact, Lives.SETTINGS, now);
      state = step.state();
      actions = step.actions();
      wakeAt = step.wakeAt();
    }

    void after(Duration pause, Fact fact) {
      now = now.plus(pause);
      learn(fact);
    }

    void started(int attempt) {
      learn(new Fact.Started("main", attempt, now));
    }

    void exits(int attempt, int code, Duration ran) {
      now = now.plus(ran);
      learn(new Fact.Exited("main", attempt, exit(code, false)));
    }

    Exit exit(int code, boolean byDeadline) {
      return new Exit(OptionalInt.of(code), now, now, byDeadline, false, false);
    }

    /** The agent is back, and finds that the run has ended. */
    void resumes(int attempt, Exit exit) {
      FoundRun found = new FoundRun("main", attempt, now, Optional.of(exit));
      LifeMemory memory = LifeMemory.of(order, state);
      Resumption resumption = Resumption.of(order, memory, List.of(found), Lives.SETTINGS, now);
      state = resumption.state();
      resumption.facts().forEach(this::learn);
    }

    void answers(ProbeKind kind, boolean passed) {
      learn(new Fact.Checked("main", 0, kind, passed, "no"));
    }

    List<LifeAction> done() {
      return actions.stream().filter(each -> !(each instanceof LifeAction.Tell)).toList();
    }

    List<String> told() {
      List<String> told = new ArrayList<>();
      for (LifeAction action : actions) {
        if (action instanceof LifeAction.Tell tell) {
          told.add(tell.event().reason() + ": " + tell.event().message());
        }
      }
      return told;
    }

    LifeStatus status() {
      return LifeView.status(
          order, state, 1, Optional.empty(), START, "process", new Fence(false, 0));
    }
  }

  private static Play play(ContainerOrder container) {
    return new Play(Lives.order(RestartPolicy.ALWAYS, List.of(), container));
  }

  @Test
  void restarts_at_once_and_then_ever_later() {
    Play play = play(plain("main"));
    assertThat(play.done()).containsExactly(new LifeAction.Start("main", 0));
    play.started(0);
    play.exits(0, 1, Duration.ofSeconds(1));
    assertThat(play.done()).containsExactly(new LifeAction.Start("main", 1));
    Duration expected = Duration.ofSeconds(10);
    for (int attempt = 1; attempt < 9; attempt++) {
      play.started(attempt);
      play.now = play.now.plusSeconds(1);
      Exit exit =
          new Exit(OptionalInt.of(1), play.now.minusSeconds(1), play.now, false, false, false);
      play.learn(new Fact.Exited("main", attempt, exit));
      assertThat(play.done()).isEmpty();
      assertThat(play.wakeAt).contains(play.now.plus(expected));
      assertThat(play.status().containers().get(0).state())
          .isInstanceOfSatisfying(
              ContainerState.Waiting.class,
              waiting -> assertThat(waiting.reason()).isEqualTo("CrashLoopBackOff"));
      play.after(expected, new Fact.Woke());
      assertThat(play.done()).containsExactly(new LifeAction.Start("main", attempt + 1));
      Duration doubled = expected.multipliedBy(2);
      expected = doubled.compareTo(Duration.ofMinutes(5)) < 0 ? doubled : Duration.ofMinutes(5);
    }
  }

  @Test
  void forgets_crashes_before_a_long_run() {
    Play play = play(plain("main"));
    play.started(0);
    play.exits(0, 1, Duration.ZERO);
    play.started(1);
    Instant started = play.now;
    play.now = play.now.plus(Duration.ofMinutes(10));
    play.learn(
        new Fact.Exited(
            "main", 1, new Exit(OptionalInt.of(1), started, play.now, false, false, false)));
    assertThat(play.done()).containsExactly(new LifeAction.Start("main", 2));
  }

  @Test
  void starts_at_once_what_ended_with_the_whole_machine_however_often_that_went_off() {
    Play play = play(plain("main"));
    for (int attempt = 0; attempt < 4; attempt++) {
      play.started(attempt);
      play.resumes(attempt, new Exit(OptionalInt.empty(), play.now, play.now, false, false, false));
      assertThat(play.done()).containsExactly(new LifeAction.Start("main", attempt + 1));
    }
    play.started(4);
    play.exits(4, 1, Duration.ofSeconds(1));
    assertThat(play.done()).as("a crash of its own counts").isEmpty();
  }

  @Test
  void starts_at_once_what_a_shutdown_of_the_machine_ended_in_order() {
    Play play = play(plain("main"));
    for (int attempt = 0; attempt < 4; attempt++) {
      play.started(attempt);
      play.resumes(attempt, new Exit(OptionalInt.of(143), play.now, play.now, false, true, false));
      assertThat(play.done()).containsExactly(new LifeAction.Start("main", attempt + 1));
    }
  }

  @Test
  void unfinished_work_that_the_machine_cut_short_is_no_success_whatever_it_said() {
    Play again = new Play(Lives.order(RestartPolicy.ON_FAILURE, List.of(), plain("main")));
    again.started(0);
    again.resumes(0, cutShort(again));
    assertThat(again.done()).containsExactly(new LifeAction.Start("main", 1));

    Play never = new Play(Lives.order(RestartPolicy.NEVER, List.of(), plain("main")));
    never.started(0);
    never.resumes(0, cutShort(never));
    assertThat(never.status().phase()).isEqualTo(Phase.ENDED);
    assertThat(never.status().containers().get(0).state())
        .isInstanceOfSatisfying(
            ContainerState.Terminated.class,
            end -> {
              assertThat(end.exitCode()).isEqualTo(143);
              assertThat(end.reason()).isEqualTo("Error");
            });
  }

  private static Exit cutShort(Play play) {
    return new Exit(OptionalInt.of(0), play.now, play.now, false, true, true);
  }

  @Test
  void is_ready_at_once_without_probes_and_counts_restarts() {
    Play play = play(plain("main"));
    assertThat(play.status().phase()).isEqualTo(Phase.PREPARING);
    play.started(0);
    assertThat(play.status().ready()).isTrue();
    assertThat(play.status().phase()).isEqualTo(Phase.RUNNING);
    assertThat(play.told())
        .containsExactly("Created: Created container: main", "Started: Started container main");
    play.exits(0, 137, Duration.ZERO);
    assertThat(play.status().ready()).isFalse();
    play.started(1);
    assertThat(play.status().containers().get(0).restarts()).isEqualTo(1);
    assertThat(play.status().containers().get(0).last().orElseThrow().signal()).isEqualTo(9);
  }

  @Test
  void asks_readiness_eagerly_until_it_passes_and_does_not_count_that() {
    Play play =
        play(Lives.container("main", Optional.empty(), probe(Duration.ZERO), Optional.empty()));
    play.started(0);
    assertThat(play.done())
        .containsExactly(
            new LifeAction.Ask("main", 0, ProbeKind.READINESS, Lives.CHECK, Duration.ofSeconds(1)));
    play.answers(ProbeKind.READINESS, false);
    assertThat(play.told()).isEmpty();
    assertThat(play.wakeAt).contains(play.now.plusMillis(50));
    play.after(Duration.ofMillis(50), new Fact.Woke());
    play.answers(ProbeKind.READINESS, false);
    assertThat(play.told()).isEmpty();
    assertThat(play.wakeAt).contains(play.now.plusMillis(75));
    play.after(Duration.ofMillis(75), new Fact.Woke());
    Instant asked = play.now;
    play.answers(ProbeKind.READINESS, true);
    assertThat(play.status().ready()).isTrue();
    assertThat(play.wakeAt).contains(asked.plusSeconds(10));
  }

  @Test
  void eager_checks_that_fail_are_told_once_a_period() {
    Play play =
        play(Lives.container("main", Optional.empty(), probe(Duration.ZERO), Optional.empty()));
    play.started(0);
    int told = 0;
    while (play.now.isBefore(START.plusSeconds(35))) {
      play.answers(ProbeKind.READINESS, false);
      told += play.told().size();
      play.now = play.wakeAt.orElseThrow();
      play.learn(new Fact.Woke());
    }
    assertThat(told).isEqualTo(3);
  }

  @Test
  void readiness_is_lost_after_as_many_failures_as_the_manifest_says() {
    Play play =
        play(Lives.container("main", Optional.empty(), probe(Duration.ZERO), Optional.empty()));
    play.started(0);
    play.answers(ProbeKind.READINESS, true);
    for (int failure = 1; failure <= 3; failure++) {
      assertThat(play.status().ready()).isTrue();
      play.after(Duration.ofSeconds(10), new Fact.Woke());
      play.answers(ProbeKind.READINESS, false);
    }
    assertThat(play.status().ready()).isFalse();
  }

  @Test
  void startup_holds_the_other_probes_back() {
    Play play =
        play(
            Lives.container(
                "main", probe(Duration.ZERO), probe(Duration.ZERO), probe(Duration.ZERO)));
    play.started(0);
    assertThat(play.done()).hasSize(1);
    play.answers(ProbeKind.STARTUP, true);
    assertThat(play.done())
        .extracting(each -> ((LifeAction.Ask) each).kind())
        .containsExactly(ProbeKind.READINESS, ProbeKind.LIVENESS);
  }

  @Test
  void a_liveness_failure_restarts_after_the_polite_signal() {
    Play play =
        play(Lives.container("main", Optional.empty(), Optional.empty(), probe(Duration.ZERO)));
    play.started(0);
    for (int failure = 1; failure <= 3; failure++) {
      assertThat(play.done()).hasSize(1);
      play.answers(ProbeKind.LIVENESS, false);
      if (failure < 3) play.after(Duration.ofSeconds(10), new Fact.Woke());
    }
    assertThat(play.done()).containsExactly(new LifeAction.Terminate("main", 0));
    assertThat(play.told())
        .containsExactly(
            "Unhealthy: Liveness probe failed: no",
            "Killing: Container main failed liveness probe, will be restarted");
    play.after(Duration.ofSeconds(30), new Fact.Woke());
    assertThat(play.done()).containsExactly(new LifeAction.Kill("main", 0));
    play.exits(0, 137, Duration.ZERO);
    assertThat(play.done()).containsExactly(new LifeAction.Start("main", 1));
  }

  @Test
  void a_stop_runs_the_hook_then_signals_then_kills() {
    ContainerOrder container =
        Lives.container(
            "main",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Lives.CHECK));
    Play play = play(container);
    play.started(0);
    play.learn(new Fact.StopWanted(Duration.ofSeconds(5), "", ""));
    assertThat(play.done())
        .containsExactly(
            new LifeAction.RunHook("main", 0, Hook.PRE_STOP, Lives.CHECK, Duration.ofSeconds(5)));
    play.after(Duration.ofSeconds(5), new Fact.Woke());
    assertThat(play.done()).containsExactly(new LifeAction.Terminate("main", 0));
    assertThat(play.wakeAt).contains(play.now.plusSeconds(2));
    play.after(Duration.ofSeconds(2), new Fact.Woke());
    assertThat(play.done()).containsExactly(new LifeAction.Kill("main", 0));
    assertThat(play.status().phase()).isEqualTo(Phase.STOPPING);
    play.exits(0, 137, Duration.ZERO);
    assertThat(play.status().phase()).isEqualTo(Phase.ENDED);
  }

  @Test
  void a_second_stop_may_only_hasten() {
    Play play = play(plain("main"));
    play.started(0);
    play.learn(new Fact.StopWanted(Duration.ofSeconds(30), "", ""));
    play.learn(new Fact.StopWanted(Duration.ofSeconds(90), "", ""));
    assertThat(play.wakeAt).contains(play.now.plusSeconds(30));
    play.learn(new Fact.StopWanted(Duration.ZERO, "", ""));
    assertThat(play.done()).containsExactly(new LifeAction.Kill("main", 0));
  }

  @Test
  void an_exit_by_the_deadline_ends_the_life() {
    Play play = play(plain("main"));
    play.started(0);
    play.learn(new Fact.Exited("main", 0, play.exit(137, true)));
    assertThat(play.done()).isEmpty();
    assertThat(play.status().phase()).isEqualTo(Phase.ENDED);
    assertThat(play.status().reason()).isEqualTo("LeaseExpired");
  }

  @Test
  void a_refused_start_is_told_and_tried_again() {
    Play play = play(plain("main"));
    play.learn(new Fact.Refused("main", 0, "ErrImagePull", "add it to the catalogue"));
    assertThat(play.told())
        .containsExactly(
            "Failed: Failed to pull image \"image\": add it to the catalogue",
            "Failed: Error: ErrImagePull");
    assertThat(play.status().reason()).isEqualTo("ErrImagePull");
    assertThat(play.wakeAt).contains(play.now.plusSeconds(2));
    play.after(Duration.ofSeconds(2), new Fact.Woke());
    assertThat(play.done()).containsExactly(new LifeAction.Start("main", 0));
  }

  @Test
  void containers_wait_for_init_containers_in_order() {
    Play play =
        new Play(
            Lives.order(RestartPolicy.ALWAYS, List.of(plain("one"), plain("two")), plain("main")));
    assertThat(play.done()).containsExactly(new LifeAction.Start("one", 0));
    play.learn(new Fact.Started("one", 0, play.now));
    play.learn(new Fact.Exited("one", 0, play.exit(0, false)));
    assertThat(play.done()).containsExactly(new LifeAction.Start("two", 0));
    play.learn(new Fact.Started("two", 0, play.now));
    play.learn(new Fact.Exited("two", 0, play.exit(1, false)));
    assertThat(play.done()).containsExactly(new LifeAction.Start("two", 1));
    play.learn(new Fact.Started("two", 1, play.now));
    play.learn(new Fact.Exited("two", 1, play.exit(0, false)));
    assertThat(play.done()).containsExactly(new LifeAction.Start("main", 0));
  }

  @Test
  void what_may_not_restart_ends() {
    Play play = new Play(Lives.order(RestartPolicy.NEVER, List.of(), plain("main")));
    play.started(0);
    play.exits(0, 3, Duration.ZERO);
    assertThat(play.status().phase()).isEqualTo(Phase.ENDED);
    assertThat(play.status().containers().get(0).state())
        .isInstanceOfSatisfying(
            ContainerState.Terminated.class, it -> assertThat(it.exitCode()).isEqualTo(3));
  }

  @Test
  void what_waited_for_an_init_container_that_failed_was_never_ready() {
    ContainerOrder init = plain("main");
    Play play = new Play(Lives.order(RestartPolicy.NEVER, List.of(init), plain("later")));
    play.started(0);
    play.exits(0, 4, Duration.ofSeconds(1));
    LifeStatus status = play.status();
    assertThat(status.phase()).isEqualTo(Phase.ENDED);
    assertThat(status.initContainers().get(0).ready()).isFalse();
    assertThat(status.containers().get(0).state())
        .isEqualTo(new ContainerState.Waiting("PodInitializing", ""));
  }
}
