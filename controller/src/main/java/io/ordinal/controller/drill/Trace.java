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
 */
record Trace(Life before, Optional<PodSight> seen, Times times) {
  static Trace of(Life before) {
    return new Trace(before, Optional.empty(), Times.NONE);
  }

  /** Whether anything has befallen it. */
  boolean disturbed() {
    return times.detected() != null;
  }

  Trace detected(long at) {
    return disturbed() ? this : with(new Times(at, times.fenced(), times.placed(), times.ready()));
  }

  Trace fenced(long at) {
    if (times.fenced() != null) return this;
    return detected(at)
        .with(new Times(first(times.detected(), at), at, times.placed(), times.ready()));
  }

  /** After the pod was seen so, or was seen to be gone. */
  Trace saw(Optional<PodSight> pod, long at) {
    Trace next = this;
    boolean nextLife = pod.isPresent() && pod.get().incarnation().value() > before.incarnation();
    boolean over = pod.isEmpty() || nextLife || pod.get().over();
    boolean again = pod.isPresent() && pod.get().restarts() > before.restarts();
    boolean serving = pod.isPresent() && pod.get().ready() && !pod.get().terminating();
    if (over || again || !serving) next = next.detected(at);
    if (over) next = next.fenced(at);
    if (nextLife && pod.get().node().isPresent()) next = next.placed(at);
    if (next.disturbed()) next = next.readiness(serving, restarted(pod), at);
    return new Trace(before, pod, next.times);
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
    return new Trace(before, seen, changed);
  }

  private static Long first(Long known, long at) {
    return known == null ? Long.valueOf(at) : known;
  }
}
