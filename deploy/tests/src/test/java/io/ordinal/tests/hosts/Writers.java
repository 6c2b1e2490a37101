package io.ordinal.tests.hosts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** A writer for each replica of a set of Redis; they learn of new addresses by asking the API. */
final class Writers implements AutoCloseable {
  private static final long PERIOD_MILLIS = 500;
  private final LabCluster cluster;
  private final Map<String, String> places = new ConcurrentHashMap<>();
  private final List<RedisWriter> writers = new ArrayList<>();
  private final Thread thread;
  private volatile boolean closed;

  Writers(LabCluster cluster, String set, int replicas) {
    this.cluster = cluster;
    for (int ordinal = 0; ordinal < replicas; ordinal++) {
      String name = set + "-" + ordinal;
      writers.add(new RedisWriter(name, () -> places.getOrDefault(name, "")));
    }
    thread = new Thread(this::look, "places");
    thread.setDaemon(true);
    thread.start();
  }

  private void look() {
    try {
      while (!closed) {
        for (JsonNode pod : cluster.any(api -> api.get(Feed.PODS)).body().path("items")) {
          if (!Objects.address(pod).isEmpty()) places.put(Objects.name(pod), Objects.address(pod));
        }
        Thread.sleep(PERIOD_MILLIS);
      }
    } catch (InterruptedException | IllegalStateException closing) {
      // Nobody asks any more.
    }
  }

  int acknowledged() {
    return writers.stream().mapToInt(RedisWriter::acknowledged).sum();
  }

  /**
   * Acknowledged records that are not there, or foreign ones that are, for each replica.
   *
   * @param givenUp claims whose records may be gone
   */
  Map<String, Object> lost(Set<String> givenUp) {
    Map<String, Object> lost = new TreeMap<>();
    for (RedisWriter each : writers) {
      if (givenUp.contains("data-" + each.name())) continue;
      var missing = each.lost();
      if (!missing.isEmpty()) lost.put(each.name(), missing);
    }
    return lost;
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    writers.forEach(RedisWriter::close);
  }
}
