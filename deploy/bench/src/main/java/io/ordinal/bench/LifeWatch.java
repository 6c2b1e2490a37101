package io.ordinal.bench;

import io.ordinal.controller.document.Json;
import io.ordinal.tests.hosts.Api;
import io.ordinal.tests.hosts.Objects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What a client knows of pods whose watch goes on at another controller when one is gone. */
final class LifeWatch implements AutoCloseable {
  /**
   * @param readySince nanoTime at which this client first heard that it is ready; 0 while it is not
   */
  record Life(String node, long incarnation, long readySince) {
    boolean ready() {
      return readySince > 0;
    }
  }

  private final List<Api> apis;
  private final Map<String, Life> lives = new HashMap<>();
  private final Thread reader;
  private volatile boolean closed;

  LifeWatch(List<Api> apis) {
    this.apis = List.copyOf(apis);
    this.reader = new Thread(this::read, "life-watch");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    for (int turn = 0; !closed; turn++) {
      Api api = apis.get(turn % apis.size());
      try (Stream<String> lines = api.lines("/api/v1/pods?watch=1")) {
        lines.forEach(this::take);
      } catch (IOException | UncheckedIOException gone) {
        Thread.onSpinWait(); // The next controller is asked at once; it may know more.
      }
    }
  }

  private synchronized void take(String line) {
    JsonNode event = Json.tree(line.getBytes(StandardCharsets.UTF_8));
    JsonNode pod = event.path("object");
    if (event.path("type").asString("").equals("DELETED")) {
      lives.remove(Objects.name(pod));
    } else {
      long incarnation = Objects.incarnation(pod);
      Life before = lives.get(Objects.name(pod));
      boolean ready = Objects.ready(pod) && !Objects.condemned(pod);
      boolean goesOn = before != null && before.ready() && before.incarnation() == incarnation;
      long since = !ready ? 0 : goesOn ? before.readySince() : System.nanoTime();
      lives.put(Objects.name(pod), new Life(Objects.node(pod), incarnation, since));
    }
    notifyAll();
  }

  synchronized Map<String, Life> lives() {
    return Map.copyOf(lives);
  }

  synchronized void await(String what, Predicate<Map<String, Life>> condition, long seconds)
      throws InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.test(lives)) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) throw new TimeoutException(what + " not within " + seconds + " s: " + lives);
      wait(left);
    }
  }

  @Override
  public void close() {
    closed = true;
    reader.interrupt();
  }
}
