package io.ordinal.agent.exec;

import java.util.concurrent.CompletionStage;

/** Opens what streams lead to. Never blocks the caller. */
interface Endpoints {
  /**
   * Fails, for people to read, when it cannot be.
   *
   * @param columns of the client's terminal; 0 when not known
   */
  CompletionStage<Endpoint> open(StreamTarget target, int columns, int rows);
}
