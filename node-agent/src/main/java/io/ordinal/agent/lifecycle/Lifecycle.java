package io.ordinal.agent.lifecycle;

import io.ordinal.agent.lifecycle.ContainerCourse.Done;
import io.ordinal.protocol.agent.ContainerOrder;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeStatus.ContainerState.Terminated;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Decides what happens next to a life. A fact changes the state; then whatever is due is done: the
 * next init container, a restart, a probe, the next stage of a stop.
 */
public final class Lifecycle {
  private final Turn turn;
  private final LifeOrder order;

  private Lifecycle(LifeOrder order, LifecycleSettings settings, Instant now) {
    this.turn = new Turn(order, settings, now);
    this.order = order;
  }

  /** What a life makes of a fact. */
  public static Step next(
      LifeOrder order, LifeState state, Fact fact, LifecycleSettings settings, Instant now) {
    Lifecycle lifecycle = new Lifecycle(order, settings, now);
    return lifecycle.turn.step(lifecycle.drive(lifecycle.hear(state, fact)));
  }

  private LifeState hear(LifeState state, Fact fact) {
    return fact.match(
        new Fact.Cases<>() {
          @Override
          public LifeState woke(Fact.Woke fact) {
            return state;
          }

          @Override
          public LifeState stopWanted(Fact.StopWanted fact) {
            return onStopWanted(state, fact);
          }

          @Override
          public LifeState started(Fact.Started fact) {
            return change(
                state, fact.container(), fact.attempt(), (its, was) -> its.onStarted(was, fact));
          }

          @Override
          public LifeState refused(Fact.Refused fact) {
            return change(
                state, fact.container(), fact.attempt(), (its, was) -> its.onRefused(was, fact));
          }

          @Override
          public LifeState startFailed(Fact.StartFailed fact) {
            return change(
                state,
                fact.container(),
                fact.attempt(),
                (its, was) -> its.onStartFailed(was, fact));
          }

          @Override
          public LifeState exited(Fact.Exited fact) {
            return onExited(state, fact);
          }

          @Override
          public LifeState hookEnded(Fact.HookEnded fact) {
            return change(
                state, fact.container(), fact.attempt(), (its, was) -> its.onHookEnded(was, fact));
          }

          @Override
          public LifeState checked(Fact.Checked fact) {
            return change(
                state, fact.container(), fact.attempt(), (its, was) -> its.onChecked(was, fact));
          }
        });
  }

  private LifeState onExited(LifeState state, Fact.Exited fact) {
    LifeState heard =
        change(state, fact.container(), fact.attempt(), (its, was) -> its.onExited(was, fact));
    if (!fact.exit().byDeadline()) return heard;
    return onStopWanted(
        heard, new Fact.StopWanted(Duration.ZERO, "LeaseExpired", "The node's lease ran out"));
  }

  private LifeState onStopWanted(LifeState state, Fact.StopWanted fact) {
    if (state instanceof LifeState.Ended) return state;
    Instant wanted = turn.now().plus(fact.grace());
    boolean repeated = state instanceof LifeState.Stopping;
    Instant killAt =
        state instanceof LifeState.Stopping stopping && stopping.killAt().isBefore(wanted)
            ? stopping.killAt()
            : wanted;
    LifeState.Stopping hastened =
        new LifeState.Stopping(
            hasten(state.inits(), order.initContainers(), true, killAt),
            hasten(state.mains(), order.containers(), false, killAt),
            killAt,
            repeated ? ((LifeState.Stopping) state).reason() : fact.reason(),
            repeated ? ((LifeState.Stopping) state).message() : fact.message());
    return hastened;
  }

  private List<ContainerCourse> hasten(
      List<ContainerCourse> courses, List<ContainerOrder> orders, boolean init, Instant killAt) {
    List<ContainerCourse> changed = new ArrayList<>();
    for (int i = 0; i < courses.size(); i++) {
      changed.add(rules(orders.get(i), init, true).hasten(courses.get(i), killAt));
    }
    return List.copyOf(changed);
  }

  private ContainerTurn rules(ContainerOrder container, boolean init, boolean lifeStops) {
    return new ContainerTurn(turn, container, init, lifeStops);
  }

  private LifeState change(
      LifeState state,
      String container,
      int attempt,
      BiFunction<ContainerTurn, ContainerCourse, ContainerCourse> change) {
    boolean stops = state instanceof LifeState.Stopping;
    return withCourses(
        state,
        each(state.inits(), order.initContainers(), true, stops, container, attempt, change),
        each(state.mains(), order.containers(), false, stops, container, attempt, change));
  }

  private List<ContainerCourse> each(
      List<ContainerCourse> courses,
      List<ContainerOrder> orders,
      boolean init,
      boolean stops,
      String container,
      int attempt,
      BiFunction<ContainerTurn, ContainerCourse, ContainerCourse> change) {
    List<ContainerCourse> changed = new ArrayList<>(courses);
    for (int i = 0; i < courses.size(); i++) {
      boolean meant =
          orders.get(i).name().equals(container) && courses.get(i).past().attempt() == attempt;
      if (meant) changed.set(i, change.apply(rules(orders.get(i), init, stops), courses.get(i)));
    }
    return List.copyOf(changed);
  }

  private static LifeState withCourses(
      LifeState state, List<ContainerCourse> inits, List<ContainerCourse> mains) {
    if (state instanceof LifeState.Preparing) return new LifeState.Preparing(inits, mains);
    if (state instanceof LifeState.Running) return new LifeState.Running(inits, mains);
    if (state instanceof LifeState.Stopping was) {
      return new LifeState.Stopping(inits, mains, was.killAt(), was.reason(), was.message());
    }
    return state; // Nothing changes in a life that has ended.
  }

  private LifeState drive(LifeState state) {
    if (state instanceof LifeState.Preparing preparing) return initialize(preparing);
    if (state instanceof LifeState.Running running) return run(running);
    if (state instanceof LifeState.Stopping stopping) return halt(stopping);
    return state;
  }

  private LifeState initialize(LifeState.Preparing state) {
    List<ContainerCourse> inits = new ArrayList<>(state.inits());
    for (int i = 0; i < inits.size(); i++) {
      ContainerOrder container = order.initContainers().get(i);
      ContainerTurn rules = rules(container, true, false);
      ContainerCourse driven = inits.get(i).match(new ContainerDrive(turn, container, rules));
      inits.set(i, driven);
      if (!(driven instanceof Done done)) return new LifeState.Preparing(inits, state.mains());
      if (!succeeded(done)) return new LifeState.Ended(inits, withdrawn(state.mains()), "", "");
    }
    return run(new LifeState.Preparing(inits, state.mains()).initialized());
  }

  private static boolean succeeded(Done done) {
    return done.past().last().map(Terminated::exitCode).orElse(0) == 0;
  }

  private static List<ContainerCourse> withdrawn(List<ContainerCourse> courses) {
    List<ContainerCourse> done = new ArrayList<>();
    courses.forEach(each -> done.add(new Done(each.past().withdrawn())));
    return List.copyOf(done);
  }

  private LifeState run(LifeState.Running state) {
    List<ContainerCourse> mains = new ArrayList<>();
    for (int i = 0; i < state.mains().size(); i++) {
      ContainerOrder container = order.containers().get(i);
      ContainerTurn rules = rules(container, false, false);
      mains.add(state.mains().get(i).match(new ContainerDrive(turn, container, rules)));
    }
    if (allDone(mains)) return new LifeState.Ended(state.inits(), List.copyOf(mains), "", "");
    return new LifeState.Running(state.inits(), List.copyOf(mains));
  }

  private LifeState halt(LifeState.Stopping state) {
    LifeState.Stopping halted =
        new LifeState.Stopping(
            halt(state.inits(), order.initContainers(), true, state.killAt()),
            halt(state.mains(), order.containers(), false, state.killAt()),
            state.killAt(),
            state.reason(),
            state.message());
    return allDone(halted.inits()) && allDone(halted.mains()) ? halted.ended() : halted;
  }

  private List<ContainerCourse> halt(
      List<ContainerCourse> courses, List<ContainerOrder> orders, boolean init, Instant killAt) {
    List<ContainerCourse> halted = new ArrayList<>();
    for (int i = 0; i < courses.size(); i++) {
      ContainerOrder container = orders.get(i);
      ContainerTurn rules = rules(container, init, true);
      halted.add(courses.get(i).match(new ContainerHalt(turn, container, rules, killAt)));
    }
    return List.copyOf(halted);
  }

  private static boolean allDone(List<ContainerCourse> courses) {
    return courses.stream().allMatch(Done.class::isInstance);
  }
}
