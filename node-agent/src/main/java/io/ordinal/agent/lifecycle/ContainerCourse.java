package io.ordinal.agent.lifecycle;

import java.time.Instant;
import java.util.Optional;

/**
 * Where one container of a life stands: waiting -> starting -> running (-> stopping) -> waiting or
 * done. At most one run of it exists at any time: the one that {@link Past#attempt()} names, and
 * only in starting, running and stopping.
 */
public sealed interface ContainerCourse {
  Past past();

  <R> R match(Cases<R> cases);

  /**
   * No process exists; the next run begins when its turn and its time has come.
   *
   * @param reason as Kubernetes names it: ContainerCreating, PodInitializing, CrashLoopBackOff,
   *     ErrImagePull
   */
  record Waiting(Past past, Instant notBefore, String reason, String message)
      implements ContainerCourse {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.waiting(this);
    }
  }

  /**
   * The driver was told to start the run and has not answered: a process may exist.
   *
   * @param retryAt it answered with a fault; the start is repeated then
   */
  record Starting(Past past, Optional<Instant> retryAt) implements ContainerCourse {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.starting(this);
    }
  }

  /**
   * The run's process exists.
   *
   * @param hooked the postStart hook has passed, or there is none
   */
  record Running(Past past, Instant startedAt, boolean hooked, Health health)
      implements ContainerCourse {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.running(this);
    }

    boolean started() {
      return hooked && health.started();
    }

    boolean ready() {
      return hooked && health.ready();
    }

    Running with(Health changed) {
      return new Running(past, startedAt, hooked, changed);
    }
  }

  /**
   * The run is being ended.
   *
   * @param nextAt when the next stage of the sequence begins
   */
  record Stopping(Past past, Instant startedAt, Stage stage, Instant nextAt)
      implements ContainerCourse {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.stopping(this);
    }
  }

  /** No process exists and none will. */
  record Done(Past past) implements ContainerCourse {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.done(this);
    }
  }

  /** The stop sequence. */
  enum Stage {
    PRE_STOP,
    TERMINATED,
    KILLED
  }

  /** One method a case, so that a new one must be decided everywhere before it compiles. */
  interface Cases<R> {
    R waiting(Waiting course);

    R starting(Starting course);

    R running(Running course);

    R stopping(Stopping course);

    R done(Done course);
  }
}
