package io.ordinal.agent.driver;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A command that runs beside the processes of a run, with its streams in the caller's hands. */
public interface Session {
  OutputStream input();

  /** Closing it, or {@link #errors()}, also ends a read that is under way. */
  InputStream output();

  /** Empty where there is a terminal: it has one stream only. */
  Optional<InputStream> errors();

  /** Completes with its code, as a shell counts, when its first process has ended. */
  CompletionStage<Integer> exit();

  /** Changes the size of the terminal; no effect where there is none. May block. */
  void resize(int columns, int rows);

  /**
   * Ends everything that the command started and that still runs: first politely, then not.
   * Completes when nothing of it can be found.
   */
  CompletionStage<Void> hangUp();
}
