package io.ordinal.agent.workload;

import io.ordinal.agent.lifecycle.ContainerCourse;
import io.ordinal.agent.lifecycle.LifeState;
import io.ordinal.protocol.agent.ContainerOrder;
import io.ordinal.protocol.agent.LifeOrder;
import java.util.List;
import java.util.Optional;

/** Which run of a container a log is asked of, or why there is none, in Kubernetes' words. */
record Attempts(LifeOrder order, LifeState state) {

  /**
   * @param running the run may still write
   * @param refusal why there is no log; empty otherwise
   */
  record Chosen(int attempt, boolean running, String refusal) {}

  Chosen of(String container, boolean previous) {
    String pod = order.replica().name();
    Optional<ContainerCourse> found = courseOf(container);
    if (found.isEmpty()) {
      return refusal("container " + container + " is not valid for pod " + pod);
    }
    ContainerCourse course = found.get();
    boolean exists =
        course instanceof ContainerCourse.Running || course instanceof ContainerCourse.Stopping;
    boolean over = course instanceof ContainerCourse.Done done && done.past().last().isPresent();
    int latest = exists || over ? course.past().attempt() : course.past().attempt() - 1;
    int wanted = previous && (exists || over) ? latest - 1 : latest;
    if (wanted >= 0) return new Chosen(wanted, exists && !previous, "");
    if (previous) {
      return refusal(
          "previous terminated container \"%s\" in pod \"%s\" not found".formatted(container, pod));
    }
    return refusal(
        "container \"%s\" in pod \"%s\" is waiting to start: %s"
            .formatted(container, pod, waitingFor(course)));
  }

  private static String waitingFor(ContainerCourse course) {
    return course instanceof ContainerCourse.Waiting waiting
        ? waiting.reason()
        : "ContainerCreating";
  }

  private Optional<ContainerCourse> courseOf(String container) {
    Optional<ContainerCourse> main = find(order.containers(), state.mains(), container);
    return main.isPresent() ? main : find(order.initContainers(), state.inits(), container);
  }

  private static Optional<ContainerCourse> find(
      List<ContainerOrder> orders, List<ContainerCourse> courses, String container) {
    for (int i = 0; i < orders.size(); i++) {
      if (orders.get(i).name().equals(container)) return Optional.of(courses.get(i));
    }
    return Optional.empty();
  }

  private static Chosen refusal(String why) {
    return new Chosen(0, false, why);
  }
}
