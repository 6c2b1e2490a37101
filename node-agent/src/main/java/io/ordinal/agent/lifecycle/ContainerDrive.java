package io.ordinal.agent.lifecycle;

import io.ordinal.agent.lifecycle.ContainerCourse.Done;
import io.ordinal.agent.lifecycle.ContainerCourse.Running;
import io.ordinal.agent.lifecycle.ContainerCourse.Starting;
import io.ordinal.agent.lifecycle.ContainerCourse.Stopping;
import io.ordinal.agent.lifecycle.ContainerCourse.Waiting;
import io.ordinal.protocol.agent.ContainerOrder;
import java.time.Instant;
import java.util.Optional;

/** What time brings to one container of a life that runs. */
final class ContainerDrive implements ContainerCourse.Cases<ContainerCourse> {
  private final Turn turn;
  private final ContainerOrder container;
  private final ContainerTurn rules;

  ContainerDrive(Turn turn, ContainerOrder container, ContainerTurn rules) {
    this.turn = turn;
    this.container = container;
    this.rules = rules;
  }

  @Override
  public ContainerCourse waiting(Waiting course) {
    if (turn.isDue(course.notBefore())) return start(course.past());
    turn.wakeAt(course.notBefore());
    return course;
  }

  @Override
  public ContainerCourse starting(Starting course) {
    Optional<Instant> retryAt = course.retryAt();
    if (retryAt.isEmpty()) return course;
    if (turn.isDue(retryAt.get())) return start(course.past());
    turn.wakeAt(retryAt.get());
    return course;
  }

  private Starting start(Past past) {
    turn.act(new LifeAction.Start(container.name(), past.attempt()));
    return new Starting(past, Optional.empty());
  }

  @Override
  public ContainerCourse running(Running course) {
    if (!course.hooked()) return course;
    Health health = course.health();
    for (ProbeKind kind : ProbeKind.values()) health = ask(course.past(), health, kind);
    return course.with(health);
  }

  private Health ask(Past past, Health health, ProbeKind kind) {
    Optional<ProbeTally> tally = health.of(kind).filter(each -> !each.asking());
    if (tally.isEmpty() || !health.asks(kind)) return health;
    if (!tally.get().due(turn.now())) {
      turn.wakeAt(tally.get().nextAt());
      return health;
    }
    var order = tally.get().order();
    turn.act(
        new LifeAction.Ask(container.name(), past.attempt(), kind, order.check(), order.timeout()));
    return health.with(kind, tally.get().asked(turn.now()));
  }

  @Override
  public ContainerCourse stopping(Stopping course) {
    Stopping next = turn.isDue(course.nextAt()) ? nextStage(course) : course;
    turn.wakeAt(next.nextAt());
    return next;
  }

  private Stopping nextStage(Stopping course) {
    return switch (course.stage()) {
      case PRE_STOP -> rules.terminate(course.past(), course.startedAt(), course.nextAt());
      case TERMINATED, KILLED -> rules.kill(course.past(), course.startedAt());
    };
  }

  @Override
  public ContainerCourse done(Done course) {
    return course;
  }
}
