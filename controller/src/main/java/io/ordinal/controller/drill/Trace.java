package io.ordinal.controller.drill;

import io.ordinal.controller.document.drill.DrillStatus.Life;
import io.ordinal.controller.document.drill.DrillStatus.Times;
import java.util.Optional;

/**
 * What a witness saw of one replica since the fault was sent. Times are milliseconds; each is the
 * first of its kind, except that ready is the last time it became so.
 *
 * @param before the life that the fault met
 * @param seen how it was last seen; empty while there is no pod
 * @param silent its node is not heard of, so that what its pod says of that life counts for nothing
 */
record Trace(Life before, Optional<PodSight> seen, Times times, boolean silent) {
  static Trace of(Life before) {
    return new Trace(before, Optional.empty(), Times.NONE, false);
  }

  /** Whether anything has befallen it. */
  boolean disturbed() {
    return times.detected() != null;
  }

  /** After its node was not heard of any more. */
  Trace unheard(long at) {
    if (silent || seen.filter(this::isNext).isPresent()) return this;
    Times known = detected(at).times;
    return new Trace(
        before, seen, new Times(known.detected(), known.fenced(), known.placed(), null), true);
  }

  /** After its node was heard of again. */
  Trace heard(long at) {
    if (!silent) return this;
    Trace next = new Trace(before, seen, times, false);
    return seen.isPresent() ? next.saw(seen, at) : next;
  }

  Trace fenced(long at) {
    if (times.fenced() != null) return this;
    Times known = detected(at).times;
    return with(new Times(known.detected(), at, known.placed(), known.ready()));
  }

  /** After the pod was seen so, or was seen to be gone. */
  Trace saw(Optional<PodSight> pod, long at) {
    Trace next = this;
    boolean nextLife = pod.filter(this::isNext).isPresent();
    boolean over = pod.isEmpty() || nextLife || pod.get().over();
    boolean again = pod.isPresent() && pod.get().restarts() > before.restarts();
    boolean serving = pod.isPresent() && pod.get().ready() && !pod.get().terminating();
    if (over || again || !serving) next = next.detected(at);
    if (over) next = next.fenced(at);
    if (nextLife && pod.get().node().isPresent()) next = next.placed(at);
    boolean believed = serving && (nextLife || !silent);
    if (next.disturbed()) next = next.readiness(believed, restarted(pod), at);
    return new Trace(before, pod, next.times, silent && !nextLife);
  }

  private boolean isNext(PodSight pod) {
    return pod.incarnation().value() > before.incarnation();
  }

  private Trace detected(long at) {
    if (disturbed()) return this;
    return with(new Times(at, times.fenced(), times.placed(), times.ready()));
  }

  private Trace placed(long at) {
    if (times.placed() != null) return this;
    return with(new Times(times.detected(), times.fenced(), at, times.ready()));
  }

  private Trace readiness(boolean serving, boolean restarted, long at) {
    if (!serving) return with(new Times(times.detected(), times.fenced(), times.placed(), null));
    if (times.ready() != null && !restarted) return this;
    return with(new Times(times.detected(), times.fenced(), times.placed(), at));
  }

  /** Its containers were restarted since it was last seen, perhaps between two reports. */
  private boolean restarted(Optional<PodSight> pod) {
    return pod.isPresent()
        && seen.isPresent()
        && pod.get().incarnation().equals(seen.get().incarnation())
        && pod.get().restarts() > seen.get().restarts();
  }

  private Trace with(Times changed) {
    return new Trace(before, seen, changed, silent);
  }
}
