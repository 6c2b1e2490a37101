package io.ordinal.agent.lifecycle;

import io.ordinal.protocol.agent.ContainerOrder;
import io.ordinal.protocol.agent.LifeOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What must be known of a life after the agent was killed; with what the driver finds it gives the
 * state back.
 *
 * @param stop present when the life was to end
 * @param ended no process existed and none was to follow
 */
public record LifeMemory(
    Optional<Stop> stop,
    boolean ended,
    String reason,
    String message,
    List<ContainerMemory> inits,
    List<ContainerMemory> mains) {

  /** The life was to end, at the latest then. */
  public record Stop(Instant killAt) {}

  /** What is to be remembered of this state. */
  public static LifeMemory of(LifeOrder order, LifeState state) {
    List<ContainerMemory> inits = remember(order.initContainers(), state.inits());
    List<ContainerMemory> mains = remember(order.containers(), state.mains());
    if (state instanceof LifeState.Stopping stopping) {
      Optional<Stop> stop = Optional.of(new Stop(stopping.killAt()));
      return new LifeMemory(stop, false, stopping.reason(), stopping.message(), inits, mains);
    }
    if (state instanceof LifeState.Ended ended) {
      return new LifeMemory(Optional.empty(), true, ended.reason(), ended.message(), inits, mains);
    }
    return new LifeMemory(Optional.empty(), false, "", "", inits, mains);
  }

  private static List<ContainerMemory> remember(
      List<ContainerOrder> orders, List<ContainerCourse> courses) {
    List<ContainerMemory> memories = new ArrayList<>();
    for (int i = 0; i < orders.size(); i++) {
      memories.add(ContainerMemory.of(orders.get(i).name(), courses.get(i)));
    }
    return List.copyOf(memories);
  }
}
