package io.ordinal.agent.lifecycle;

import java.time.Duration;
import java.time.Instant;

/**
 * Something that a life learns. Facts about a run that is no longer the present one change nothing.
 */
public sealed interface Fact {
  <R> R match(Cases<R> cases);

  /** Time has passed. */
  record Woke() implements Fact {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.woke(this);
    }
  }

  /**
   * The life is to end. A repeat may shorten the grace and never prolongs it.
   *
   * @param grace until SIGKILL; zero means at once
   * @param reason one word, or empty when it was simply asked for
   */
  record StopWanted(Duration grace, String reason, String message) implements Fact {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.stopWanted(this);
    }
  }

  /** The run's process exists. */
  record Started(String container, int attempt, Instant startedAt) implements Fact {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.started(this);
    }
  }

  /** The run cannot be started on this node as things are; no process exists. */
  record Refused(String container, int attempt, String reason, String message) implements Fact {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refused(this);
    }
  }

  /** The driver failed; whether a process exists is unknown. */
  record StartFailed(String container, int attempt, String message) implements Fact {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.startFailed(this);
    }
  }

  /** No process of the run exists any more. */
  record Exited(String container, int attempt, Exit exit) implements Fact {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.exited(this);
    }
  }

  /** A hook has run. */
  record HookEnded(String container, int attempt, Hook hook, boolean passed, String message)
      implements Fact {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.hookEnded(this);
    }
  }

  /** A probe was answered, or took too long. */
  record Checked(String container, int attempt, ProbeKind kind, boolean passed, String message)
      implements Fact {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.checked(this);
    }
  }

  /** One method a kind of fact. */
  interface Cases<R> {
    R woke(Woke fact);

    R stopWanted(StopWanted fact);

    R started(Started fact);

    R refused(Refused fact);

    R startFailed(StartFailed fact);

    R exited(Exited fact);

    R hookEnded(HookEnded fact);

    R checked(Checked fact);
  }
}
