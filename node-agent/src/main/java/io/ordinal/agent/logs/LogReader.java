package io.ordinal.agent.logs;

import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.protocol.agent.LogChunk;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Reads what a run wrote to its standard output and error. Never blocks the caller. */
public interface LogReader {
  /** Reads a piece of a run's log; {@link LogChunk#refusal()} when there is none. */
  CompletionStage<LogChunk> read(ContainerRun run, Piece piece);

  /**
   * Which piece.
   *
   * @param running the run may still write; otherwise the last piece says {@link LogChunk#ended()}
   * @param cursor 0 for the beginning of what is kept, otherwise {@link LogChunk#next()}
   * @param tail with cursor 0: begin so many lines before the end; negative for all
   * @param patience how long to wait for new output while {@code running}
   */
  record Piece(boolean running, long cursor, long tail, int maxBytes, Duration patience) {}
}
