package io.ordinal.agent.lifecycle;

import io.ordinal.protocol.agent.ContainerOrder;
import io.ordinal.protocol.agent.ProbeOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the probes of one run have found. */
record Health(
    Optional<ProbeTally> startup, Optional<ProbeTally> readiness, Optional<ProbeTally> liveness) {

  /**
   * @param wasStarted of a run found again after the agent was restarted: what was known before
   * @param wasReady likewise
   */
  static Health begin(
      ContainerOrder container,
      Instant startedAt,
      boolean wasStarted,
      boolean wasReady,
      Duration eagerFirst) {
    return new Health(
        tally(container.startup(), ProbeKind.STARTUP, wasStarted, startedAt, eagerFirst),
        tally(container.readiness(), ProbeKind.READINESS, wasReady, startedAt, eagerFirst),
        tally(container.liveness(), ProbeKind.LIVENESS, false, startedAt, eagerFirst));
  }

  private static Optional<ProbeTally> tally(
      Optional<ProbeOrder> order, ProbeKind kind, boolean passed, Instant start, Duration eager) {
    return order.map(probe -> ProbeTally.begin(probe, kind, passed, start, eager));
  }

  boolean started() {
    return startup.map(ProbeTally::passed).orElse(true);
  }

  boolean ready() {
    return started() && readiness.map(ProbeTally::passed).orElse(true);
  }

  Optional<ProbeTally> of(ProbeKind kind) {
    return switch (kind) {
      case STARTUP -> startup;
      case READINESS -> readiness;
      case LIVENESS -> liveness;
    };
  }

  Health with(ProbeKind kind, ProbeTally tally) {
    Optional<ProbeTally> value = Optional.of(tally);
    return switch (kind) {
      case STARTUP -> new Health(value, readiness, liveness);
      case READINESS -> new Health(startup, value, liveness);
      case LIVENESS -> new Health(startup, readiness, value);
    };
  }

  /** Whether this probe is asked at present: startup first and alone, never again once passed. */
  boolean asks(ProbeKind kind) {
    return (kind == ProbeKind.STARTUP) != started();
  }
}
