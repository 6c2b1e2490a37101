package io.ordinal.agent.volume;

import io.ordinal.agent.volume.SharedMark.Step;
import io.ordinal.agent.volume.Takeover.Attempt;
import io.ordinal.agent.volume.Takeover.Fence;
import io.ordinal.agent.volume.Takeover.Have;
import io.ordinal.agent.volume.Takeover.Next;
import io.ordinal.agent.volume.Takeover.Refuse;
import io.ordinal.agent.volume.Takeover.Withdraw;
import io.ordinal.agent.volume.Takeover.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Agents of three machines that want one volume for lives of their own, and stand still, die and
 * begin again between any two of their steps. Machines are lost without a word: their lives write
 * on until a hook keeps them from it, and hooks take effect as late as they can.
 */
final class Claimants {
  private static final Duration HOOK = Duration.ofSeconds(1);

  private final Random random;
  private final boolean several;
  private final List<SharedMark> marks = new ArrayList<>();
  private final List<Claimant> all = new ArrayList<>();
  private final List<Hook> hooks = new ArrayList<>();
  private final List<String> cut = new ArrayList<>();
  private final List<Object> story = new ArrayList<>();
  private final Set<String> known = new HashSet<>();
  private int runs;
  private boolean calm;

  Claimants(Random random, boolean several) {
    this.random = random;
    this.several = several;
  }

  /** A hook that is under way: the agent that began it may be gone. */
  private record Hook(SharedMark by, SharedMark victim, boolean slow, String run) {}

  /** One life, and what its agent is at. */
  private final class Claimant {
    final SharedMark mine;
    final Takeover takeover;
    Optional<Attempt> attempt = Optional.empty();
    Optional<Next> decided = Optional.empty();
    boolean hooking;
    boolean mounted;

    Claimant(SharedMark mine) {
      this.mine = mine;
      this.takeover = new Takeover(mine, several, several ? Optional.empty() : Optional.of(HOOK));
    }

    void step() {
      if (attempt.isEmpty()) attempt = Optional.of(Attempt.begin("run " + ++runs));
      else if (decided.isEmpty()) lockAndLook();
      else if (decided.get() instanceof Fence fence) runHook(fence.victim());
      else apply();
    }

    /** Of one machine, nobody else looks until what was decided is done, except during a hook. */
    private void lockAndLook() {
      boolean free =
          all.stream()
              .filter(it -> it.mine.sameMachine(mine))
              .allMatch(it -> it.decided.map(next -> next instanceof Fence).orElse(true));
      if (free) decided = Optional.of(look());
    }

    private Next look() {
      Next next = takeover.next(List.copyOf(marks), attempt.get(), this::overdue);
      if (next instanceof Have) {
        boolean outdated = all.stream().anyMatch(it -> it.mounted && excludes(it.mine, mine));
        if (outdated)
          throw new AssertionError(mine + " comes after a later one\n" + Claimants.this);
        cut.remove(mine.node()); // An operator let it in again; from now on it may be too late.
      }
      return next;
    }

    /** Nobody stands still for so long that it would begin one later. */
    private boolean overdue(SharedMark fencing) {
      String run = fencing.run();
      boolean over =
          hooks.stream().noneMatch(hook -> hook.run().equals(run))
              && all.stream().noneMatch(it -> it.isAt(run));
      if (over && (calm || random.nextBoolean())) known.add(run);
      return known.contains(run);
    }

    private boolean isAt(String run) {
      return attempt.filter(it -> it.run().equals(run)).isPresent();
    }

    private void runHook(SharedMark victim) {
      if (!hooking) {
        hooks.add(new Hook(mine, victim, random.nextBoolean(), attempt.get().run()));
        hooking = true;
      } else if (hooks.stream().noneMatch(hook -> hook.run().equals(attempt.get().run()))) {
        hooking = false;
        decided = Optional.empty();
        attempt = attempt.map(it -> it.with(victim));
        takeover.hookEnded(marks, attempt.get()).ifPresent(this::write);
      }
    }

    private void write(SharedMark mark) {
      put(mark);
      boolean intended = mark.step() == Step.INTENDED;
      if (intended) attempt = attempt.map(it -> it.anew("run " + ++runs));
    }

    private void apply() {
      Next next = decided.get();
      decided = Optional.empty();
      story.add(List.of(mine.incarnation(), mine.node(), next));
      if (next instanceof Write write) write(write.mark());
      if (next instanceof Withdraw withdraw) marks.removeIf(withdraw.mark()::isOf);
      if (next instanceof Refuse) attempt = Optional.empty();
      if (next instanceof Have) have();
    }

    private void have() {
      Takeover.Tidying tidying = takeover.tidying(marks, attempt.get(), 2, this::overdue);
      tidying.over().forEach(Claimants.this::put);
      tidying.gone().forEach(mark -> marks.removeIf(mark::isOf));
      attempt = Optional.empty();
      for (Claimant each : all) { // Its agent ended earlier ones before.
        if (each.mine.sameIdentity(mine) && each.mine.sameMachine(mine)) each.mounted = false;
      }
      mounted = true;
    }

    void die() {
      story.add(List.of(mine.incarnation(), "begins anew"));
      attempt = Optional.empty();
      decided = Optional.empty();
      hooking = false;
    }

    void end() {
      if (decided.isPresent() && !hooking) return; // The lock of its volume.
      story.add(List.of(mine.incarnation(), "ended"));
      marks.stream().filter(mine::isOf).findFirst().ifPresent(mark -> put(mark.left()));
      mounted = false;
    }
  }

  /** A later life than this one writes where this one must not. */
  private boolean excludes(SharedMark later, SharedMark mine) {
    if (later.sameIdentity(mine)) return later.incarnation() > mine.incarnation();
    return !several
        && later.isAfter(mine)
        && !later.sameMachine(mine)
        && !cut.contains(later.node());
  }

  void add(String identity, long incarnation, String machine) {
    all.add(
        new Claimant(
            new SharedMark(
                "v", incarnation, identity, machine, machine, false, Step.OWNER, null, null)));
  }

  private void put(SharedMark mark) {
    marks.removeIf(mark::isOf);
    marks.add(mark);
  }

  /** Something happens. */
  void step() {
    Claimant one = all.get(random.nextInt(all.size()));
    int chance = random.nextInt(40);
    if (chance < 2) one.die();
    else if (chance == 2) one.end();
    else if (chance < 8 && !hooks.isEmpty()) mayTakeEffect(random.nextInt(hooks.size()));
    else one.step();
    long writing =
        all.stream()
            .filter(it -> it.mounted && !cut.contains(it.mine.node()))
            .map(it -> it.mine.node())
            .distinct()
            .count();
    if (!several && writing > 1) throw new AssertionError("two machines write\n" + this);
  }

  private void mayTakeEffect(int index) {
    if (!hooks.get(index).slow() || random.nextInt(50) == 0) takeEffect(index);
  }

  private void takeEffect(int index) {
    Hook hook = hooks.remove(index);
    String machine = hook.victim().node();
    story.add(List.of(hook.by().incarnation(), "cuts off", machine));
    for (Claimant each : all) {
      boolean undone = each.mounted && each.mine.node().equals(machine);
      if (undone && each.mine.isAfter(hook.by())) {
        throw new AssertionError(hook + " shuts out its successor\n" + this);
      }
    }
    if (!cut.contains(machine)) cut.add(machine);
  }

  /** Nothing goes wrong any more. */
  void settle() {
    calm = true;
    for (int round = 0; round < 120 && !(hooks.isEmpty() && latestHasIt()); round++) {
      boolean late = !hooks.isEmpty() && random.nextInt(10) == 0;
      if (late) takeEffect(random.nextInt(hooks.size()));
      all.forEach(Claimant::step);
    }
  }

  /** Whether the last of all has it. */
  boolean latestHasIt() {
    Claimant last = all.stream().reduce((a, b) -> b.mine.isAfter(a.mine) ? b : a).orElseThrow();
    boolean over = marks.stream().anyMatch(mark -> mark.isOf(last.mine) && mark.released());
    return last.mounted || over;
  }

  @Override
  public String toString() {
    return story + "\n" + marks;
  }
}
