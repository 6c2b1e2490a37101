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
  private final Course course;
  private String last = "";
  private long wellSince;

  /**
   * @param course is told what is missing, whenever that changes
   */
  Settling(LabCluster cluster, Witness witness, Set<String> sets, Course course) {
    this.cluster = cluster;
    this.witness = witness;
    this.sets = sets;
    this.course = course;
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
    String missing = missing();
    if (!missing.equals(last)) course.note(missing.isEmpty() ? "all is well" : missing);
    last = missing;
    return missing.isEmpty();
  }

  /** The first thing that is not as it should be; empty when all is well. */
  private String missing() {
    if (!cluster.controllersServe()) return "not every controller serves";
    if (!cluster.isWhole()) return "not every node is ready";
    for (String set : sets) {
      if (!cluster.isReady(set, Scenario.REPLICAS)) return set + " is not ready";
    }
    return running().equals(wanted()) ? "" : "the kernel and the API disagree";
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
