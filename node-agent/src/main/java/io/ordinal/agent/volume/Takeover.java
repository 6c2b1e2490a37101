package io.ordinal.agent.volume;

import io.ordinal.agent.volume.SharedMark.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How a life comes to have a volume that several machines see: what to do next, from the marks as
 * they stand. Pure. After every step the marks are read again, so that of two that write at the
 * same moment at least one sees the other.
 *
 * <p>A claim of one node at a time is ordered over all identities, and every unreleased mark of
 * another machine is fenced by the hook: intended, fencing, owner. Where several may have it, only
 * the lives of one identity are ordered among themselves.
 */
final class Takeover {
  /** What to do next. */
  sealed interface Next {
    <R> R match(Cases<R> cases);
  }

  /** The life has the volume: its mark stands, and nobody came after it. */
  record Have() implements Next {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.have(this);
    }
  }

  /** The life must not have it now; for people. */
  record Refuse(String why) implements Next {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refuse(this);
    }
  }

  record Write(SharedMark mark) implements Next {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.write(this);
    }
  }

  /** Take back an intention of which nothing runs. */
  record Withdraw(SharedMark mark) implements Next {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.withdraw(this);
    }
  }

  /** Run the hook against this one, and note its end, also when it failed. */
  record Fence(SharedMark victim) implements Next {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.fence(this);
    }
  }

  /** One method a step. */
  interface Cases<R> {
    R have(Have step);

    R refuse(Refuse step);

    R write(Write step);

    R withdraw(Withdraw step);

    R fence(Fence step);
  }

  /**
   * What this attempt knows besides the marks.
   *
   * @param fenced kept from writing by a hook that this attempt ran
   * @param run what its present or next run of the hook is called: no two have one name, so that a
   *     mark tells whose end it waits for
   */
  record Attempt(List<SharedMark> fenced, String run) {
    static Attempt begin(String run) {
      return new Attempt(List.of(), run);
    }

    /** A run succeeded against this one. */
    Attempt with(SharedMark victim) {
      List<SharedMark> all = new ArrayList<>(fenced);
      all.add(victim);
      return new Attempt(all, run);
    }

    /** What was said of a run so far holds no more. */
    Attempt anew(String next) {
      return new Attempt(fenced, next);
    }

    /** The mark tells of a hook that some other attempt of its life began. */
    boolean inherits(SharedMark own) {
      return own.step() == Step.FENCING && !own.run().equals(run);
    }

    boolean hasFenced(SharedMark mark) {
      return fenced.stream().anyMatch(mark::isOf);
    }
  }

  private final SharedMark mine;
  private final boolean several;
  private final Optional<Duration> hook;

  /**
   * @param mine of the life, as the owner
   * @param hook how long the hook can take; empty where the lease alone protects
   */
  Takeover(SharedMark mine, boolean several, Optional<Duration> hook) {
    this.mine = mine;
    this.several = several;
    this.hook = hook;
  }

  /**
   * @param overdue the run of a hook that this mark tells of has ended by now
   */
  Next next(Collection<SharedMark> marks, Attempt attempt, Predicate<SharedMark> overdue) {
    Optional<SharedMark> own = own(marks);
    Optional<SharedMark> later = marks.stream().filter(this::goesBefore).findFirst();
    if (later.isPresent()) return superseded(own, later.get(), attempt);
    if (own.filter(SharedMark::released).isPresent()) {
      return new Refuse(
          "incarnation %d of %s is over".formatted(mine.incarnation(), mine.identity()));
    }
    if (own.filter(mark -> mark.step() == Step.OWNER).isPresent()) return new Have();
    Optional<SharedMark> inherited = own.filter(attempt::inherits);
    if (inherited.isPresent()) return afterInherited(inherited.get(), overdue);
    if (hook.isEmpty()) return new Write(mine);
    if (own.isEmpty()) return new Write(mine.intended()); // From now on earlier ones see it.
    Optional<SharedMark> busy =
        marks.stream().filter(this::runsHook).filter(overdue.negate()).findFirst();
    if (busy.isPresent()) return waiting(own.get(), busy.get());
    List<SharedMark> victims = victims(marks, attempt);
    if (victims.isEmpty()) return new Write(mine);
    if (own.get().step() == Step.FENCING) return new Fence(victims.get(0));
    return new Write(
        mine.fencing(hook.get(), attempt.run())); // And look again, before the hook runs.
  }

  /** The hook of this attempt ended; of another's it says nothing. */
  Optional<SharedMark> hookEnded(Collection<SharedMark> marks, Attempt attempt) {
    return own(marks)
        .filter(mark -> mark.step() == Step.FENCING && !attempt.inherits(mark))
        .map(SharedMark::intended);
  }

  /** The latest first: what it may still begin concerns those before it. */
  private List<SharedMark> victims(Collection<SharedMark> marks, Attempt attempt) {
    return marks.stream()
        .filter(mark -> concerns(mark) && !mark.released() && !attempt.hasFenced(mark))
        .sorted(Comparator.comparing(SharedMark::incarnation).reversed())
        .toList();
  }

  /**
   * Marks to be changed once the life has the volume.
   *
   * @param over of other identities, which write no more
   * @param gone of no use to anybody
   */
  record Tidying(List<SharedMark> over, List<SharedMark> gone) {}

  /**
   * @param remember how many released marks of other identities stay: those refuse lives that are
   *     older than theirs
   * @param overdue as above: a mark of a hook that may still run is left as it is
   */
  Tidying tidying(
      Collection<SharedMark> marks, Attempt attempt, int remember, Predicate<SharedMark> overdue) {
    List<SharedMark> over = new ArrayList<>();
    List<SharedMark> gone = new ArrayList<>();
    List<SharedMark> released = new ArrayList<>();
    for (SharedMark mark : marks) {
      boolean hooks = mark.step() == Step.FENCING;
      if (hooks && !overdue.test(mark)) continue;
      boolean same = mark.sameIdentity(mine);
      boolean fenced = hook.isEmpty() || attempt.hasFenced(mark);
      boolean past =
          isBefore(mark) && (mark.released() || (mark.sameMachine(mine) ? same : fenced));
      if (past && same) gone.add(mark);
      else if (!same && mark.released() && hooks) over.add(mark.intended());
      else if (!same && mark.released()) released.add(mark);
      else if (past && !several) over.add(mark.left().intended());
    }
    released.sort(Comparator.comparing(SharedMark::incarnation).reversed());
    gone.addAll(released.subList(Math.min(remember, released.size()), released.size()));
    return new Tidying(over, gone);
  }

  private boolean isBefore(SharedMark mark) {
    boolean another = mark.sameIdentity(mine) && !mark.isOf(mine);
    return mine.isAfter(mark) || another && mark.incarnation() == mine.incarnation();
  }

  private Optional<SharedMark> own(Collection<SharedMark> marks) {
    return marks.stream().filter(mine::isOf).findFirst();
  }

  private Next superseded(Optional<SharedMark> own, SharedMark later, Attempt attempt) {
    boolean idle =
        own.filter(mark -> mark.step() != Step.OWNER && !mark.released())
            .filter(mark -> !attempt.inherits(mark))
            .isPresent();
    if (idle) return new Withdraw(own.get());
    String remedy =
        later.sameIdentity(mine)
            ? ""
            : "; where that one is lost, delete this pod: the next is newer";
    return new Refuse(
        "volume %s belongs to incarnation %d of %s on %s; %d is older and must not write to it%s"
            .formatted(
                mine.volume(),
                later.incarnation(),
                later.identity(),
                later.node(),
                mine.incarnation(),
                remedy));
  }

  /** A mark tells of one run: a second one would hide that the first is still at work. */
  private Next afterInherited(SharedMark own, Predicate<SharedMark> overdue) {
    return overdue.test(own) ? new Write(mine.intended()) : waits(own);
  }

  /** Its late hook could undo what ours does; and when it ends, its life sees our intention. */
  private Next waiting(SharedMark own, SharedMark busy) {
    return own.step() == Step.FENCING ? new Write(mine.intended()) : waits(busy);
  }

  private Refuse waits(SharedMark busy) {
    return new Refuse(
        "volume %s waits: incarnation %d of %s on %s may still run the hook, for %d s at most"
            .formatted(
                mine.volume(),
                busy.incarnation(),
                busy.identity(),
                busy.node(),
                Duration.ofMillis(busy.hookMillis()).toSeconds()));
  }

  private boolean goesBefore(SharedMark other) {
    if (other.sameIdentity(mine)) return other.incarnation() > mine.incarnation();
    return !several && !other.released() && !other.sameMachine(mine) && other.isAfter(mine);
  }

  private boolean concerns(SharedMark other) {
    return !other.sameMachine(mine) && (!several || other.sameIdentity(mine));
  }

  /** Also on this machine: what it takes effect on late may be the next owner by then. */
  private boolean runsHook(SharedMark other) {
    boolean concerns = !several || other.sameIdentity(mine);
    return concerns && !other.isOf(mine) && other.step() == Step.FENCING;
  }
}
