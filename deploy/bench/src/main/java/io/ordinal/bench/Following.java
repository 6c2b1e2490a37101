package io.ordinal.bench;

import io.ordinal.controller.document.Json;
import io.ordinal.tests.hosts.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A client's watch that goes on at another controller when one is gone. */
final class Following implements AutoCloseable {
  private final List<Api> apis;
  private final String path;
  private final Consumer<JsonNode> events;
  private final Thread reader;
  private volatile boolean closed;

  /**
   * @param events is called with every event of the watch, by a thread of its own
   */
  Following(List<Api> apis, String path, Consumer<JsonNode> events) {
    this.apis = List.copyOf(apis);
    this.path = path;
    this.events = events;
    this.reader = new Thread(this::read, "following");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    for (int turn = 0; !closed; turn++) {
      Api api = apis.get(turn % apis.size());
      try (Stream<String> lines = api.lines(path)) {
        lines.forEach(line -> events.accept(Json.tree(line.getBytes(StandardCharsets.UTF_8))));
      } catch (IOException | UncheckedIOException gone) {
        Thread.onSpinWait(); // The next controller is asked at once; it may know more.
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    reader.interrupt();
  }
}
