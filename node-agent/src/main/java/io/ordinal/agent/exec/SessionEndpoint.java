package io.ordinal.agent.exec;

import io.ordinal.agent.driver.Session;
import io.ordinal.protocol.agent.StreamWord;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** A command beside a run. */
record SessionEndpoint(Session session) implements Endpoint {
  @Override
  public OutputStream input() {
    return session.input();
  }

  @Override
  public Map<Integer, InputStream> outputs() {
    Map<Integer, InputStream> outputs = new HashMap<>();
    outputs.put(StreamWord.OUTPUT, session.output());
    session.errors().ifPresent(errors -> outputs.put(StreamWord.ERRORS, errors));
    return outputs;
  }

  @Override
  public CompletionStage<Integer> over() {
    return session.exit();
  }

  @Override
  public void drained() {
    // It goes on without output until it ends.
  }

  @Override
  public void resize(int columns, int rows) {
    session.resize(columns, rows);
  }

  @Override
  public void abandon() {
    session.hangUp();
  }
}
