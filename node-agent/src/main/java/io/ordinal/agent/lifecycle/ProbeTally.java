package io.ordinal.agent.lifecycle;

import io.ordinal.protocol.agent.ProbeOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where one probe of one run stands.
 *
 * <p>Startup and readiness are asked more often than the manifest's period until the first success,
 * so that a container is seen to be ready within milliseconds. Such extra checks can only help: a
 * failure counts at most once a period, and not before the first period is over, when the container
 * has hardly begun.
 *
 * @param passed what the probe says of the container at present
 * @param eager the next extra pause; empty once a check succeeded, and for liveness
 * @param asking a check is under way
 * @param countAt failures before this instant do not count
 */
record ProbeTally(
    ProbeOrder order,
    boolean passed,
    int successes,
    int failures,
    Optional<Duration> eager,
    boolean asking,
    Instant nextAt,
    Instant countAt) {

  static ProbeTally begin(
      ProbeOrder order, ProbeKind kind, boolean passed, Instant startedAt, Duration eagerFirst) {
    Instant first = startedAt.plus(order.initialDelay());
    Optional<Duration> eager =
        kind == ProbeKind.LIVENESS || passed ? Optional.empty() : Optional.of(eagerFirst);
    boolean initially = kind == ProbeKind.LIVENESS || passed;
    Instant countAt = eager.isPresent() ? first.plus(order.period()) : first;
    return new ProbeTally(order, initially, 0, 0, eager, false, first, countAt);
  }

  boolean due(Instant now) {
    return !asking && !now.isBefore(nextAt);
  }

  boolean failed() {
    return failures >= order.failureThreshold();
  }

  ProbeTally asked(Instant now) {
    return new ProbeTally(
        order, passed, successes, failures, eager, true, now.plus(order.period()), countAt);
  }

  ProbeTally succeeded(Instant now) {
    int inARow = successes + 1;
    boolean passes = passed || inARow >= order.successThreshold();
    return new ProbeTally(
        order, passes, inARow, 0, Optional.empty(), false, later(nextAt, now), countAt);
  }

  /** Whether a failure now is one that counts (and that people should hear of). */
  boolean counts(Instant now) {
    return eager.isEmpty() || !now.isBefore(countAt);
  }

  ProbeTally failed(Instant now) {
    boolean counted = counts(now);
    int inARow = counted ? failures + 1 : failures;
    Instant counting = counted ? now.plus(order.period()) : countAt;
    Instant next =
        eager.map(pause -> earlier(now.plus(pause), counting)).orElse(later(nextAt, now));
    return new ProbeTally(
        order,
        passed && inARow < order.failureThreshold(),
        0,
        inARow,
        eager.map(this::slower),
        false,
        next,
        counting);
  }

  private Duration slower(Duration pause) {
    Duration slower = pause.multipliedBy(3).dividedBy(2);
    return slower.compareTo(order.period()) < 0 ? slower : order.period();
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
