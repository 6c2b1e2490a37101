package io.ordinal.agent.lifecycle;

import io.ordinal.agent.lifecycle.ContainerCourse.Done;
import io.ordinal.agent.lifecycle.ContainerCourse.Running;
import io.ordinal.agent.lifecycle.ContainerCourse.Starting;
import io.ordinal.agent.lifecycle.ContainerCourse.Waiting;
import io.ordinal.protocol.agent.ContainerOrder;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeStatus.ContainerState.Terminated;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A life as it is found after the agent was restarted.
 *
 * @param facts what happened meanwhile, to be told to the state before anything else
 */
public record Resumption(LifeState state, List<Fact> facts) {

  /** Joins what was remembered with what the driver found. */
  public static Resumption of(
      LifeOrder order,
      LifeMemory memory,
      List<FoundRun> found,
      LifecycleSettings settings,
      Instant now) {
    List<Fact> facts = new ArrayList<>();
    Resuming resuming = new Resuming(found, settings, now, facts);
    List<ContainerCourse> inits = resuming.all(order.initContainers(), memory.inits());
    List<ContainerCourse> mains = resuming.all(order.containers(), memory.mains());
    return new Resumption(state(memory, inits, mains), List.copyOf(facts));
  }

  private static LifeState state(
      LifeMemory memory, List<ContainerCourse> inits, List<ContainerCourse> mains) {
    if (memory.ended()) {
      return new LifeState.Ended(inits, mains, memory.reason(), memory.message());
    }
    if (memory.stop().isPresent()) {
      Instant killAt = memory.stop().get().killAt();
      return new LifeState.Stopping(inits, mains, killAt, memory.reason(), memory.message());
    }
    boolean begun = memory.mains().stream().anyMatch(Resumption::hasBegun);
    return begun || inits.isEmpty()
        ? new LifeState.Running(inits, mains)
        : new LifeState.Preparing(inits, mains);
  }

  private static boolean hasBegun(ContainerMemory container) {
    return container.stage() != ContainerMemory.Stage.WAITING || container.past().attempt() > 0;
  }

  private record Resuming(
      List<FoundRun> found, LifecycleSettings settings, Instant now, List<Fact> facts) {

    List<ContainerCourse> all(List<ContainerOrder> orders, List<ContainerMemory> memories) {
      List<ContainerCourse> courses = new ArrayList<>();
      for (int i = 0; i < orders.size(); i++) courses.add(one(orders.get(i), memories.get(i)));
      return List.copyOf(courses);
    }

    private ContainerCourse one(ContainerOrder order, ContainerMemory memory) {
      return switch (memory.stage()) {
        case DONE -> new Done(memory.past());
        case WAITING -> waiting(memory);
        case BEGUN -> begun(order, memory);
      };
    }

    private Waiting waiting(ContainerMemory memory) {
      Past past = memory.past();
      Optional<Instant> ended = past.last().map(Terminated::finishedAt);
      Instant from = ended.filter(at -> at.isBefore(now)).orElse(now);
      Instant notBefore =
          past.crashes() == 0 ? now : from.plus(settings.restart().pauseAfter(past.crashes()));
      String reason = past.crashes() == 0 ? "ContainerCreating" : "CrashLoopBackOff";
      return new Waiting(past, notBefore, reason, "");
    }

    /**
     * The start is repeated when the driver knows nothing of it: it was cut off before. A run that
     * ended with the whole machine, unseen or in the order of a shutdown, waits for no failure of
     * its own.
     */
    private ContainerCourse begun(ContainerOrder order, ContainerMemory memory) {
      int attempt = memory.past().attempt();
      Optional<FoundRun> run =
          found.stream()
              .filter(each -> each.container().equals(order.name()) && each.attempt() == attempt)
              .findFirst();
      if (run.isEmpty()) return new Starting(memory.past(), Optional.of(now));
      run.get().exit().ifPresent(exit -> facts.add(new Fact.Exited(order.name(), attempt, exit)));
      Past past =
          run.get().exit().filter(Exit::withMachine).isEmpty()
              ? memory.past()
              : memory.past().forgiven();
      if (run.get().exit().isEmpty() && !memory.hooked() && order.postStart().isPresent()) {
        // Whether the hook had run is not known: Kubernetes promises it at least once.
        facts.add(new Fact.Started(order.name(), attempt, run.get().startedAt()));
        return new Starting(past, Optional.empty());
      }
      Health health =
          Health.begin(
              order,
              run.get().startedAt(),
              memory.started(),
              memory.ready(),
              settings.eagerProbe());
      return new Running(past, run.get().startedAt(), true, health);
    }
  }
}
