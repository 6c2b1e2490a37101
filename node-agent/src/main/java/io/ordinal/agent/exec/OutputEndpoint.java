package io.ordinal.agent.exec;

import io.ordinal.agent.driver.RunStatus;
import io.ordinal.agent.logs.LogFollower;
import io.ordinal.protocol.agent.StreamWord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** What a run writes from now on. Its process reads nothing. */
record OutputEndpoint(LogFollower follower, CompletionStage<RunStatus.Exited> end)
    implements Endpoint {
  @Override
  public OutputStream input() {
    return OutputStream.nullOutputStream();
  }

  @Override
  public Map<Integer, InputStream> outputs() {
    return Map.of(StreamWord.OUTPUT, follower);
  }

  /** How the run ended is told by the pod: of an attached client's stream it is no failure. */
  @Override
  public CompletionStage<Integer> over() {
    return end.thenApply(
        exited -> {
          follower.runEnded();
          return 0;
        });
  }

  @Override
  public void drained() {
    // The run has ended.
  }

  @Override
  public void resize(int columns, int rows) {
    // There is no terminal.
  }

  @Override
  public void abandon() {
    try {
      follower.close();
    } catch (IOException e) {
      // It is read no more all the same.
    }
  }
}
