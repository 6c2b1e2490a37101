package io.ordinal.agent.driver;

import java.util.concurrent.CompletionStage;

/** Begins commands beside the processes of a run. Never blocks the caller. */
public interface Sessions {
  /**
   * Starts the command where the run's processes live: in their namespaces, environment and
   * directory. Fails, for people to read, when the run has no process or the machine cannot.
   */
  CompletionStage<Session> begin(ContainerRun run, SessionSpec spec);
}
