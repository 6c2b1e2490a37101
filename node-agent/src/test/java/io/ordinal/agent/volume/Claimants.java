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
import java.util.List;
import java.util.Optional;
import java.util.Random;

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

  Claimants(Random random, boolean several) {
    this.random = random;
    this.several = several;
  }

  /** A hook that is under way: the agent that began it may be gone. */
  private record Hook(SharedMark by, SharedMark victim, boolean slow) {}

  /** One life, and what its agent is at. */
  private final class Claimant {
    final SharedMark mine;
    final Takeover takeover;
    Optional<Attempt> attempt = Optional.empty();
    Optional<Next> decided = Optional.empty();
    boolean mounted;

    Claimant(SharedMark mine) {
      this.mine = mine;
      this.takeover = new Takeover(mine, several, several ? Optional.empty() : Optional.of(HOOK));
    }

    void step() {
      if (attempt.isEmpty()) attempt = Optional.of(takeover.begin(marks));
      else if (decided.isEmpty()) decided = Optional.of(look());
      else if (decided.get() instanceof Fence fence) runHooks(fence);
      else apply();
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

    private boolean overdue(SharedMark fencing) {
      return random.nextBoolean() && hooks.stream().noneMatch(hook -> hook.by().isOf(fencing));
    }

    private void runHooks(Fence fence) {
      if (hooks.stream().anyMatch(hook -> hook.by().isOf(mine))) return; // Not at its end.
      if (attempt.get().hasFenced(fence.victims().get(0))) {
        takeover.hookEnded(marks).ifPresent(Claimants.this::put);
        decided = Optional.empty();
        return;
      }
      boolean slow = random.nextBoolean();
      fence.victims().forEach(victim -> hooks.add(new Hook(mine, victim, slow)));
      attempt = attempt.map(it -> it.with(fence.victims()));
    }

    private void apply() {
      Next next = decided.get();
      decided = Optional.empty();
      story.add(List.of(mine.incarnation(), mine.node(), next));
      if (next instanceof Write write) put(write.mark());
      if (next instanceof Withdraw withdraw) marks.removeIf(withdraw.mark()::isOf);
      if (next instanceof Refuse) attempt = Optional.empty();
      if (next instanceof Have) have();
    }

    private void have() {
      Takeover.Tidying tidying = takeover.tidying(marks, attempt.get(), 2);
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
    }

    void end() {
      if (decided.isPresent()) return; // The lock of its volume.
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
            new SharedMark("v", incarnation, identity, machine, machine, false, Step.OWNER, null)));
  }

  private void put(SharedMark mark) {
    marks.removeIf(mark::isOf);
    marks.add(mark);
  }

  /** Something happens. */
  void step() {
    Claimant one = all.get(random.nextInt(all.size()));
    int chance = random.nextInt(40);
    if (chance == 0) one.die();
    else if (chance == 1) one.end();
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
    for (int round = 0; round < 100; round++) {
      while (!hooks.isEmpty()) takeEffect(0);
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
