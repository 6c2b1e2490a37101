package io.ordinal.tests.hosts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Waits until everything is as it should be, by the API and by the kernel, and stays so for a
 * while: a fault that nobody has noticed yet looks just as well.
 */
final class Settling {
  private static final Duration STEADY = Duration.ofSeconds(4);
  private final LabCluster cluster;
  private final Witness witness;
  private final Set<String> sets;
  private long wellSince;

  Settling(LabCluster cluster, Witness witness, Set<String> sets) {
    this.cluster = cluster;
    this.witness = witness;
    this.sets = sets;
  }

  /** How long it took until it was well for good. */
  Duration await(Duration patience) {
    long begin = System.nanoTime();
    wellSince = 0;
    Until.within(
        patience, "a whole cluster", this::steady, () -> cluster.pods() + "\n" + difference());
    return Duration.ofNanos(Math.max(wellSince - begin, 0));
  }

  private boolean steady() {
    long now = System.nanoTime();
    try {
      if (!well()) {
        wellSince = 0;
        return false;
      }
    } catch (AssertionError unanswered) {
      wellSince = 0;
      throw unanswered;
    }
    if (wellSince == 0) wellSince = now;
    return now - wellSince > STEADY.toNanos();
  }

  private boolean well() {
    return cluster.isWhole()
        && sets.stream().allMatch(set -> cluster.isReady(set, Scenario.REPLICAS))
        && running().equals(wanted());
  }

  private String difference() {
    return "by the API: " + wanted() + "\nby the kernel: " + running();
  }

  private List<String> running() {
    return witness.alive().stream()
        .map(each -> each.identity() + " " + each.incarnation())
        .sorted()
        .toList();
  }

  private List<String> wanted() {
    List<String> wanted = new ArrayList<>();
    for (JsonNode pod : cluster.get(Feed.PODS).path("items")) {
      wanted.add("default/" + Objects.name(pod) + " " + Objects.incarnation(pod));
    }
    wanted.sort(null);
    return wanted;
  }
}
