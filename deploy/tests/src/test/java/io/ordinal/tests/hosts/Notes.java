package io.ordinal.tests.hosts;

import io.ordinal.controller.document.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import tools.jackson.databind.JsonNode;

/**
 * Writes numbered objects through all controllers at once, and keeps those that were acknowledged
 * (I7).
 */
final class Notes implements AutoCloseable {
  private static final String PATH = "/api/v1/namespaces/default/configmaps";
  private static final long PERIOD_MILLIS = 50;
  private final String run;
  private final List<Api> apis;
  private final Set<String> acknowledged = new ConcurrentSkipListSet<>();
  private final List<Thread> threads;
  private volatile boolean closed;

  /**
   * @param run beginning of their names, of lower case letters and digits
   */
  Notes(LabCluster cluster, String run) {
    this.run = run;
    this.apis = cluster.shape().controllers().stream().map(cluster::api).toList();
    this.threads = apis.stream().map(this::writer).toList();
  }

  private Thread writer(Api api) {
    Thread thread = new Thread(() -> write(api), "notes");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  int acknowledged() {
    return acknowledged.size();
  }

  private void write(Api api) {
    try {
      for (int number = 0; !closed; number++) {
        String name = "note-" + run + "-" + apis.indexOf(api) + "-" + number;
        var body = Json.object();
        body.put("apiVersion", "v1")
            .put("kind", "ConfigMap")
            .putObject("metadata")
            .put("name", name);
        if (api.post(PATH, body.toString()).done()) acknowledged.add(name);
        Thread.sleep(PERIOD_MILLIS);
      }
    } catch (InterruptedException | IllegalStateException closing) {
      // Whoever closes it does not wait for the last answer.
    }
  }

  /** Acknowledged ones that a controller does not show. */
  Set<String> lost(Api api) {
    Set<String> missing = new TreeSet<>(acknowledged);
    Set<String> found = new HashSet<>();
    for (JsonNode each : api.get(PATH).ok().path("items")) found.add(Objects.name(each));
    missing.removeAll(found);
    return missing;
  }

  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
  }
}
