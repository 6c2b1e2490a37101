package io.ordinal.cli.up;

import io.ordinal.cli.client.ApiClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Follows the replicas of a set, one after another, until all are ready. */
public final class Follow {
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private final ApiClient api;
  private final Progress progress;

  public Follow(ApiClient api, PrintWriter out, boolean terminal) {
    this.api = api;
    this.progress = new Progress(out, terminal);
  }

  /** What the set looked like when following ended. */
  public record End(boolean ready, String explanation) {}

  /**
   * Returns when all replicas of the set's present spec are ready, or when the patience is over.
   */
  public End untilReady(String namespace, String name, Duration patience)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    while (true) {
      Optional<ObjectNode> set =
          api.get("/apis/apps/v1/namespaces/" + namespace + "/statefulsets/" + name);
      if (set.isEmpty()) return new End(false, "the set " + name + " was deleted meanwhile");
      List<ReplicaRow> rows = rows(set.get(), namespace, name);
      Duration since = Duration.ofNanos(System.nanoTime() - begin);
      progress.show(rows, since);
      if (settled(set.get()) && rows.stream().allMatch(ReplicaRow::isReady))
        return new End(true, "");
      if (since.compareTo(patience) > 0)
        return new End(false, explanation(namespace, rows, patience));
      Thread.sleep(LOOK_EVERY.toMillis());
    }
  }

  private List<ReplicaRow> rows(JsonNode set, String namespace, String name)
      throws IOException, InterruptedException {
    Map<String, JsonNode> pods = new HashMap<>();
    for (JsonNode pod :
        api.get("/api/v1/namespaces/" + namespace + "/pods").orElseThrow().path("items")) {
      pods.put(pod.path("metadata").path("name").asString(), pod);
    }
    int start = set.path("spec").path("ordinals").path("start").asInt(0);
    List<ReplicaRow> rows = new ArrayList<>();
    for (int ordinal = start;
        ordinal < start + set.path("spec").path("replicas").asInt(1);
        ordinal++) {
      JsonNode pod = pods.get(name + "-" + ordinal);
      rows.add(pod == null ? ReplicaRow.absent(name + "-" + ordinal) : ReplicaRow.of(pod));
    }
    return rows;
  }

  private static boolean settled(JsonNode set) {
    JsonNode status = set.path("status");
    int replicas = set.path("spec").path("replicas").asInt(1);
    return status.path("observedGeneration").asLong(0)
            >= set.path("metadata").path("generation").asLong(0)
        && status.path("readyReplicas").asInt(0) >= replicas
        && status.path("updatedReplicas").asInt(0) >= Math.min(replicas, replicas - partition(set));
  }

  private static int partition(JsonNode set) {
    return set.path("spec").path("updateStrategy").path("rollingUpdate").path("partition").asInt(0);
  }

  private String explanation(String namespace, List<ReplicaRow> rows, Duration patience)
      throws IOException, InterruptedException {
    ReplicaRow stuck = rows.stream().filter(row -> !row.isReady()).findFirst().orElseThrow();
    String telling = "";
    String events =
        "/api/v1/namespaces/"
            + namespace
            + "/events?fieldSelector=involvedObject.name="
            + stuck.name();
    for (JsonNode event : api.get(events).orElseThrow().path("items")) {
      if (event.path("type").asString("").equals("Warning")) {
        String message = event.path("message").asString("");
        if (message.length() > telling.length()) telling = message; // The longest says what to do.
      }
    }
    String why = telling.isEmpty() ? "" : ": " + telling;
    String hint =
        "It goes on by itself; look with kubectl describe pod %s, or wait longer with --timeout";
    return ("%s is not ready after %d s (%s)%s%n" + hint)
        .formatted(stuck.name(), patience.toSeconds(), stuck.status(), why, stuck.name());
  }
}
