package io.ordinal.agent.lifecycle;

import io.ordinal.agent.lifecycle.ContainerCourse.Done;
import io.ordinal.agent.lifecycle.ContainerCourse.Running;
import io.ordinal.agent.lifecycle.ContainerCourse.Starting;
import io.ordinal.agent.lifecycle.ContainerCourse.Stopping;
import io.ordinal.agent.lifecycle.ContainerCourse.Waiting;

/**
 * What must be known of a container after the agent was killed.
 *
 * @param started its startup probe had passed
 * @param ready its readiness probe had passed
 */
public record ContainerMemory(
    String name, Past past, Stage stage, boolean hooked, boolean started, boolean ready) {

  /** How far the present run had come. */
  public enum Stage {
    /** It was not to be started yet. */
    WAITING,
    /** It was to be started; whether it was, the driver knows. */
    BEGUN,
    /** No process existed and none was to follow. */
    DONE
  }

  static ContainerMemory of(String name, ContainerCourse course) {
    return course.match(
        new ContainerCourse.Cases<>() {
          @Override
          public ContainerMemory waiting(Waiting waiting) {
            return new ContainerMemory(name, waiting.past(), Stage.WAITING, false, false, false);
          }

          @Override
          public ContainerMemory starting(Starting starting) {
            return new ContainerMemory(name, starting.past(), Stage.BEGUN, false, false, false);
          }

          @Override
          public ContainerMemory running(Running running) {
            return new ContainerMemory(
                name,
                running.past(),
                Stage.BEGUN,
                running.hooked(),
                running.started(),
                running.ready());
          }

          @Override
          public ContainerMemory stopping(Stopping stopping) {
            return new ContainerMemory(name, stopping.past(), Stage.BEGUN, true, true, false);
          }

          @Override
          public ContainerMemory done(Done done) {
            return new ContainerMemory(name, done.past(), Stage.DONE, true, true, false);
          }
        });
  }
}
