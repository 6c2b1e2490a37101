package io.ordinal.agent.exec;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What a stream leads to, once it is open. Reading and writing block. */
interface Endpoint {
  OutputStream input();

  /**
   * By the number of the channel that they are sent on. Closing one, which may block for a moment,
   * ends a read that is under way.
   */
  Map<Integer, InputStream> outputs();

  /** Completes when it is over, with a code as a shell counts; more output may be left. */
  CompletionStage<Integer> over();

  /** All of the output was read. */
  void drained();

  /** May block. */
  void resize(int columns, int rows);

  /** Whoever it was for is gone: nothing of it goes on. Does not block. */
  void abandon();
}
