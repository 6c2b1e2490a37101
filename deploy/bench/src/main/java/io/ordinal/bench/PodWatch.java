package io.ordinal.bench;

import io.ordinal.controller.document.Json;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What a client's watch of pods has seen: the state of each, and when it saw it, on the client's
 * monotonic clock.
 */
final class PodWatch implements AutoCloseable {
  /**
   * @param readySince nanoTime at which the watch first saw it ready in this life; 0 while it is
   *     not
   */
  record Seen(String uid, boolean ready, long readySince, int restarts) {}

  private final Map<String, Seen> pods = new HashMap<>();
  private final Stream<String> lines;
  private final Thread reader;

  PodWatch(HttpClient http, URI server) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(server.resolve("/api/v1/pods?watch=1")).build();
    HttpResponse<Stream<String>> answer = http.send(request, BodyHandlers.ofLines());
    if (answer.statusCode() != 200)
      throw new IllegalStateException("watch answered " + answer.statusCode());
    lines = answer.body();
    reader = new Thread(this::read, "pod-watch");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try {
      lines.forEach(this::take);
    } catch (UncheckedIOException ended) {
      // The watch was closed, or the server went: whoever waits for pods runs into its timeout.
    }
  }

  private synchronized void take(String line) {
    JsonNode event = Json.tree(line.getBytes(StandardCharsets.UTF_8));
    JsonNode pod = event.path("object");
    String name = pod.path("metadata").path("name").asString("");
    if (event.path("type").asString("").equals("DELETED")) {
      pods.remove(name);
    } else {
      Seen before = pods.get(name);
      String uid = pod.path("metadata").path("uid").asString("");
      boolean ready = ready(pod) && !pod.path("metadata").has("deletionTimestamp");
      boolean goesOn = before != null && before.ready() && before.uid().equals(uid);
      long since = !ready ? 0 : goesOn ? before.readySince() : System.nanoTime();
      int restarts =
          pod.path("status").path("containerStatuses").path(0).path("restartCount").asInt(0);
      pods.put(name, new Seen(uid, ready, since, restarts));
    }
    notifyAll();
  }

  private static boolean ready(JsonNode pod) {
    for (JsonNode condition : pod.path("status").path("conditions")) {
      if (condition.path("type").asString("").equals("Ready"))
        return condition.path("status").asString("").equals("True");
    }
    return false;
  }

  synchronized Map<String, Seen> pods() {
    return Map.copyOf(pods);
  }

  synchronized void await(Predicate<Map<String, Seen>> condition, long seconds) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.test(pods)) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0)
        throw new TimeoutException("not within " + seconds + " s; " + pods.size() + " pods seen");
      wait(left);
    }
  }

  @Override
  public void close() {
    lines.close();
    reader.interrupt();
  }
}
