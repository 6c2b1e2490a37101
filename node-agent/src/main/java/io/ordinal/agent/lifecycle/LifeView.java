package io.ordinal.agent.lifecycle;

import io.ordinal.agent.lifecycle.ContainerCourse.Done;
import io.ordinal.agent.lifecycle.ContainerCourse.Running;
import io.ordinal.agent.lifecycle.ContainerCourse.Starting;
import io.ordinal.agent.lifecycle.ContainerCourse.Stopping;
import io.ordinal.agent.lifecycle.ContainerCourse.Waiting;
import io.ordinal.protocol.agent.ContainerOrder;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LifeStatus.ContainerState;
import io.ordinal.protocol.agent.LifeStatus.ContainerStatus;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the state of a life is told to the controllers. */
public final class LifeView {
  private final LifeOrder order;
  private final String driver;
  private final boolean initialized;

  private LifeView(LifeOrder order, LifeState state, String driver) {
    this.order = order;
    this.driver = driver;
    this.initialized = state.inits().stream().allMatch(LifeView::succeeded);
  }

  /**
   * @param driver begins container ids
   * @param acceptedAt when the life came to this node
   * @param fence as the launchers hold it
   */
  public static LifeStatus status(
      LifeOrder order,
      LifeState state,
      long version,
      Optional<String> address,
      Instant acceptedAt,
      String driver,
      Fence fence) {
    LifeView view = new LifeView(order, state, driver);
    return new LifeStatus(
        order.replica(),
        order.incarnation(),
        version,
        phase(state),
        state instanceof LifeState.Running && state.mains().stream().allMatch(LifeView::ready),
        address,
        Optional.of(acceptedAt),
        view.statuses(order.initContainers(), state.inits()),
        view.statuses(order.containers(), state.mains()),
        reason(state),
        message(state),
        fence.fenced(),
        fence.basis());
  }

  private static Phase phase(LifeState state) {
    if (state instanceof LifeState.Ended) return Phase.ENDED;
    if (state instanceof LifeState.Stopping) return Phase.STOPPING;
    boolean begun = state.mains().stream().allMatch(LifeView::hasBegun);
    return begun ? Phase.RUNNING : Phase.PREPARING;
  }

  private static boolean hasBegun(ContainerCourse course) {
    return course instanceof Running
        || course instanceof Stopping
        || course instanceof Done
        || course.past().last().isPresent();
  }

  private static boolean ready(ContainerCourse course) {
    return course instanceof Running running && running.ready();
  }

  /** Of an init container: its work is done. */
  private static boolean succeeded(ContainerCourse course) {
    boolean failed = course.past().last().filter(last -> last.exitCode() != 0).isPresent();
    return course instanceof Done && !failed;
  }

  /** Of a life that stopped or ended: why; otherwise what keeps a container from starting. */
  private static String reason(LifeState state) {
    if (state instanceof LifeState.Stopping stopping) return stopping.reason();
    if (state instanceof LifeState.Ended ended) return ended.reason();
    return refused(state).map(Waiting::reason).orElse("");
  }

  private static String message(LifeState state) {
    if (state instanceof LifeState.Stopping stopping) return stopping.message();
    if (state instanceof LifeState.Ended ended) return ended.message();
    return refused(state).map(Waiting::message).orElse("");
  }

  private static Optional<Waiting> refused(LifeState state) {
    List<ContainerCourse> all = new ArrayList<>(state.inits());
    all.addAll(state.mains());
    return all.stream()
        .filter(each -> each.past().refusals() > 0)
        .filter(Waiting.class::isInstance)
        .map(Waiting.class::cast)
        .findFirst();
  }

  private List<ContainerStatus> statuses(
      List<ContainerOrder> orders, List<ContainerCourse> courses) {
    List<ContainerStatus> statuses = new ArrayList<>();
    for (int i = 0; i < orders.size(); i++) statuses.add(status(orders.get(i), courses.get(i)));
    return List.copyOf(statuses);
  }

  private ContainerStatus status(ContainerOrder container, ContainerCourse course) {
    Past past = course.past();
    boolean exists = course instanceof Running || course instanceof Stopping;
    boolean done = course instanceof Done;
    int restarts = exists || done ? past.attempt() : past.restartsBeforeThisRun();
    int shown = exists || done ? past.attempt() : past.attempt() - 1;
    boolean everRan = exists || past.last().isPresent();
    String id = everRan ? containerId(container, shown) : "";
    return new ContainerStatus(
        container.name(),
        container.image(),
        ready(course) || (order.initContainers().contains(container) && succeeded(course)),
        course instanceof Running running && running.started(),
        restarts,
        state(course),
        done ? Optional.empty() : past.last(),
        id);
  }

  private String containerId(ContainerOrder container, int attempt) {
    return "%s://%s/%s.%d".formatted(driver, order.podUid(), container.name(), attempt);
  }

  private ContainerState state(ContainerCourse course) {
    return course.match(
        new ContainerCourse.Cases<>() {
          @Override
          public ContainerState waiting(Waiting waiting) {
            return new ContainerState.Waiting(waiting.reason(), waiting.message());
          }

          @Override
          public ContainerState starting(Starting starting) {
            return idle();
          }

          @Override
          public ContainerState running(Running running) {
            return new ContainerState.Running(running.startedAt());
          }

          @Override
          public ContainerState stopping(Stopping stopping) {
            return new ContainerState.Running(stopping.startedAt());
          }

          @Override
          public ContainerState done(Done done) {
            return done.past().last().<ContainerState>map(last -> last).orElseGet(() -> idle());
          }
        });
  }

  private ContainerState idle() {
    return new ContainerState.Waiting(initialized ? "ContainerCreating" : "PodInitializing", "");
  }
}
