package io.ordinal.agent.lifecycle;

import io.ordinal.agent.lifecycle.ContainerCourse.Done;
import io.ordinal.agent.lifecycle.ContainerCourse.Running;
import io.ordinal.agent.lifecycle.ContainerCourse.Stage;
import io.ordinal.agent.lifecycle.ContainerCourse.Starting;
import io.ordinal.agent.lifecycle.ContainerCourse.Stopping;
import io.ordinal.agent.lifecycle.ContainerCourse.Waiting;
import io.ordinal.protocol.agent.ContainerOrder;
import io.ordinal.protocol.agent.LifeOrder.RestartPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What one container makes of a fact. The passing of time is {@link ContainerDrive}'s. */
final class ContainerTurn {
  private final Turn turn;
  private final ContainerOrder container;
  private final boolean init;
  private final boolean lifeStops;

  ContainerTurn(Turn turn, ContainerOrder container, boolean init, boolean lifeStops) {
    this.turn = turn;
    this.container = container;
    this.init = init;
    this.lifeStops = lifeStops;
  }

  ContainerCourse onStarted(ContainerCourse course, Fact.Started fact) {
    if (!(course instanceof Starting starting)) return course;
    String name = container.name();
    turn.tell(name, "Created", "Created container: " + name);
    turn.tell(name, "Started", "Started container " + name);
    if (!lifeStops) runPostStart(fact.attempt());
    Health health =
        Health.begin(container, fact.startedAt(), false, false, turn.settings().eagerProbe());
    boolean hooked = container.postStart().isEmpty();
    return new Running(starting.past().started(), fact.startedAt(), hooked, health);
  }

  private void runPostStart(int attempt) {
    Duration patience = turn.settings().postStartPatience();
    container
        .postStart()
        .map(
            check ->
                new LifeAction.RunHook(container.name(), attempt, Hook.POST_START, check, patience))
        .ifPresent(turn::act);
  }

  ContainerCourse onRefused(ContainerCourse course, Fact.Refused fact) {
    if (!(course instanceof Starting starting)) return course;
    EventTexts.refused(turn, container, fact);
    Past past = starting.past().refused();
    Duration pause = turn.settings().refusal().pauseAfter(past.refusals() + 1);
    return new Waiting(past, turn.now().plus(pause), fact.reason(), fact.message());
  }

  ContainerCourse onStartFailed(ContainerCourse course, Fact.StartFailed fact) {
    if (!(course instanceof Starting starting)) return course;
    turn.warn(container.name(), "Failed", "Error: " + fact.message());
    Instant retryAt = turn.now().plus(turn.settings().repeat());
    return new Starting(starting.past(), Optional.of(retryAt));
  }

  ContainerCourse onExited(ContainerCourse course, Fact.Exited fact) {
    if (course instanceof Waiting || course instanceof Done) return course;
    Exit exit = fact.exit();
    Past ended = course.past().ended(exit, turn.settings().restart());
    boolean ordered = course instanceof Stopping; // By a failed probe or hook, not by itself.
    if (lifeStops || exit.byDeadline() || !restarts(exit, ordered)) return new Done(ended);
    Duration pause = turn.settings().restart().pauseAfter(ended.crashes());
    if (!pause.isZero()) EventTexts.backOff(turn, container);
    Instant from = exit.finishedAt().isBefore(turn.now()) ? exit.finishedAt() : turn.now();
    String message = EventTexts.crashLoop(turn.life(), container, pause);
    return new Waiting(ended.again(), from.plus(pause), "CrashLoopBackOff", message);
  }

  private boolean restarts(Exit exit, boolean ordered) {
    RestartPolicy policy = turn.life().restartPolicy();
    return switch (policy) {
      case ALWAYS -> !init || !exit.succeeded();
      case ON_FAILURE -> ordered || !exit.succeeded();
      case NEVER -> false;
    };
  }

  ContainerCourse onHookEnded(ContainerCourse course, Fact.HookEnded fact) {
    return switch (fact.hook()) {
      case POST_START -> onPostStartEnded(course, fact);
      case PRE_STOP -> onPreStopEnded(course, fact);
    };
  }

  private ContainerCourse onPostStartEnded(ContainerCourse course, Fact.HookEnded fact) {
    if (!(course instanceof Running running)) return course;
    if (fact.passed())
      return new Running(running.past(), running.startedAt(), true, running.health());
    turn.warn(container.name(), "FailedPostStartHook", "PostStartHook failed: " + fact.message());
    turn.tell(container.name(), "Killing", "FailedPostStartHook");
    return stop(running, turn.now().plus(turn.life().terminationGrace()));
  }

  private ContainerCourse onPreStopEnded(ContainerCourse course, Fact.HookEnded fact) {
    if (!(course instanceof Stopping stopping) || stopping.stage() != Stage.PRE_STOP) return course;
    if (!fact.passed()) {
      turn.warn(container.name(), "FailedPreStopHook", "PreStopHook failed: " + fact.message());
    }
    return terminate(stopping.past(), stopping.startedAt(), stopping.nextAt());
  }

  ContainerCourse onChecked(ContainerCourse course, Fact.Checked fact) {
    if (!(course instanceof Running running)) return course;
    Optional<ProbeTally> asked = running.health().of(fact.kind()).filter(ProbeTally::asking);
    if (asked.isEmpty()) return course;
    ProbeTally before = asked.get();
    Instant now = turn.now();
    if (fact.passed()) {
      return running.with(running.health().with(fact.kind(), before.succeeded(now)));
    }
    if (before.counts(now)) EventTexts.unhealthy(turn, container, fact);
    ProbeTally after = before.failed(now);
    Running judged = running.with(running.health().with(fact.kind(), after));
    if (fact.kind() == ProbeKind.READINESS || !after.failed()) return judged;
    EventTexts.willRestart(turn, container, fact.kind());
    return stop(judged, now.plus(turn.life().terminationGrace()));
  }

  /** A stop of the whole life, or a shorter grace, meets a sequence that is under way. */
  ContainerCourse hasten(ContainerCourse course, Instant killAt) {
    if (!(course instanceof Stopping stopping)) return course;
    if (!killAt.isBefore(stopping.nextAt())) return course;
    Stage stage =
        turn.isDue(killAt) && stopping.stage() == Stage.PRE_STOP
            ? Stage.TERMINATED // No time is left for politeness: what follows is SIGKILL.
            : stopping.stage();
    return new Stopping(stopping.past(), stopping.startedAt(), stage, killAt);
  }

  /** Begins the stop sequence of a run. */
  Stopping stop(Running running, Instant killAt) {
    if (turn.isDue(killAt)) return kill(running.past(), running.startedAt());
    if (container.preStop().isEmpty()) {
      return terminate(running.past(), running.startedAt(), killAt);
    }
    Duration left = Duration.between(turn.now(), killAt);
    int attempt = running.past().attempt();
    turn.act(
        new LifeAction.RunHook(
            container.name(), attempt, Hook.PRE_STOP, container.preStop().get(), left));
    return new Stopping(running.past(), running.startedAt(), Stage.PRE_STOP, killAt);
  }

  Stopping terminate(Past past, Instant startedAt, Instant killAt) {
    turn.act(new LifeAction.Terminate(container.name(), past.attempt()));
    Instant least = turn.now().plus(turn.settings().minimumGrace());
    boolean afterHook = container.preStop().isPresent(); // Which may have used up the grace.
    Instant until = afterHook && killAt.isBefore(least) ? least : killAt;
    return new Stopping(past, startedAt, Stage.TERMINATED, until);
  }

  Stopping kill(Past past, Instant startedAt) {
    turn.act(new LifeAction.Kill(container.name(), past.attempt()));
    Instant again = turn.now().plus(turn.settings().repeat());
    return new Stopping(past, startedAt, Stage.KILLED, again);
  }
}
