package io.ordinal.tests.hosts;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The copies of the store that controllers hold: the same at the same index (I9). */
final class Copies {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private final LabCluster cluster;

  /** By index, then by controller. */
  private final Map<Long, Map<Integer, String>> seen = new TreeMap<>();

  Copies(LabCluster cluster) {
    this.cluster = cluster;
  }

  /** Asks until all have been seen at one index, and tells where any two differ. */
  List<String> differences() {
    List<Integer> controllers = cluster.shape().controllers();
    Until.within(
        PATIENCE, "all copies at one index", () -> seenTogether(controllers), seen::toString);
    return seen.entrySet().stream()
        .filter(each -> new HashSet<>(each.getValue().values()).size() > 1)
        .map(each -> "I9: copies differ at index " + each.getKey() + ": " + each.getValue())
        .toList();
  }

  private boolean seenTogether(List<Integer> controllers) {
    // At once: leases are renewed all the time, and each renewal is another index.
    Map<Integer, JsonNode> digests =
        controllers.parallelStream()
            .collect(Collectors.toConcurrentMap(each -> each, this::digest));
    digests.forEach(
        (controller, digest) ->
            seen.computeIfAbsent(digest.path("index").asLong(), index -> new HashMap<>())
                .put(controller, digest.path("sha256").asString()));
    return seen.values().stream().map(Map::keySet).anyMatch(Set.copyOf(controllers)::equals);
  }

  private JsonNode digest(int controller) {
    return cluster.api(controller).get("/ordinal/v1/digest").ok();
  }
}
