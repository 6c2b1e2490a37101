package io.ordinal.agent.lifecycle;

import io.ordinal.agent.lifecycle.ContainerCourse.Done;
import io.ordinal.agent.lifecycle.ContainerCourse.Running;
import io.ordinal.agent.lifecycle.ContainerCourse.Starting;
import io.ordinal.agent.lifecycle.ContainerCourse.Stopping;
import io.ordinal.agent.lifecycle.ContainerCourse.Waiting;
import io.ordinal.protocol.agent.ContainerOrder;
import java.time.Instant;
import java.util.Optional;

/** What time brings to one container of a life that stops: nothing is started any more. */
final class ContainerHalt implements ContainerCourse.Cases<ContainerCourse> {
  private final Turn turn;
  private final ContainerOrder container;
  private final ContainerTurn rules;
  private final ContainerDrive drive;
  private final Instant killAt;

  ContainerHalt(Turn turn, ContainerOrder container, ContainerTurn rules, Instant killAt) {
    this.turn = turn;
    this.container = container;
    this.rules = rules;
    this.drive = new ContainerDrive(turn, container, rules);
    this.killAt = killAt;
  }

  @Override
  public ContainerCourse waiting(Waiting course) {
    return new Done(course.past().withdrawn());
  }

  /** An unanswered start is waited for; after a fault only a kill tells that nothing runs. */
  @Override
  public ContainerCourse starting(Starting course) {
    if (course.retryAt().isEmpty()) return course;
    Instant next = course.retryAt().get();
    if (turn.isDue(next)) {
      turn.act(new LifeAction.Kill(container.name(), course.past().attempt()));
      next = turn.now().plus(turn.settings().repeat());
    }
    turn.wakeAt(next);
    return new Starting(course.past(), Optional.of(next));
  }

  @Override
  public ContainerCourse running(Running course) {
    turn.tell(container.name(), "Killing", "Stopping container " + container.name());
    return drive.stopping(rules.stop(course, killAt));
  }

  @Override
  public ContainerCourse stopping(Stopping course) {
    return drive.stopping(course);
  }

  @Override
  public ContainerCourse done(Done course) {
    return course;
  }
}
