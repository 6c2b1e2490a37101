package io.ordinal.agent.lifecycle;

import io.ordinal.protocol.agent.ContainerOrder;
import io.ordinal.protocol.agent.LifeOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Lifecycle of one hosted life: preparing -> running -> stopping -> ended. Preparing runs the init
 * containers one after another. A life that stops never runs again; it has ended when no process of
 * it exists and none will.
 */
public sealed interface LifeState {
  /** In the order of {@link LifeOrder#initContainers()}. */
  List<ContainerCourse> inits();

  /** In the order of {@link LifeOrder#containers()}. */
  List<ContainerCourse> mains();

  /** A life that nothing was done for yet. */
  static LifeState fresh(LifeOrder order) {
    boolean initialized = order.initContainers().isEmpty();
    List<ContainerCourse> inits = waiting(order.initContainers(), "PodInitializing");
    List<ContainerCourse> mains =
        waiting(order.containers(), initialized ? "ContainerCreating" : "PodInitializing");
    return initialized ? new Running(inits, mains) : new Preparing(inits, mains);
  }

  private static List<ContainerCourse> waiting(List<ContainerOrder> containers, String reason) {
    List<ContainerCourse> courses = new ArrayList<>();
    containers.forEach(
        each -> courses.add(new ContainerCourse.Waiting(Past.NONE, Instant.EPOCH, reason, "")));
    return List.copyOf(courses);
  }

  /** Init containers are still to be run; no other container has been started. */
  record Preparing(List<ContainerCourse> inits, List<ContainerCourse> mains) implements LifeState {
    Running initialized() {
      return new Running(inits, mains);
    }
  }

  /** The containers run, or wait for their next run. */
  record Running(List<ContainerCourse> inits, List<ContainerCourse> mains) implements LifeState {}

  /**
   * Every process is being ended.
   *
   * @param killAt when SIGKILL is due
   * @param reason one word why, or empty when it was simply asked for
   */
  record Stopping(
      List<ContainerCourse> inits,
      List<ContainerCourse> mains,
      Instant killAt,
      String reason,
      String message)
      implements LifeState {
    Ended ended() {
      return new Ended(inits, mains, reason, message);
    }
  }

  /** No process exists and none will. */
  record Ended(
      List<ContainerCourse> inits, List<ContainerCourse> mains, String reason, String message)
      implements LifeState {}
}
