package io.ordinal.controller.plan;

import io.ordinal.controller.model.NodeStanding;
import io.ordinal.protocol.id.NodeName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Decides on which node a pod's life begins, or why on none. */
public final class Placement {
  private Placement() {}

  /**
   * A node as it was read.
   *
   * @param podsCapacity how many pods it takes; negative when it does not say
   * @param pods how many are placed there
   * @param siblings how many of them belong to the same set
   */
  public record Candidate(
      NodeStanding node, List<Taint> taints, int podsCapacity, int pods, int siblings) {}

  /** A taint as in {@code v1/Node}; the effect is NoSchedule, PreferNoSchedule or NoExecute. */
  public record Taint(String key, String value, String effect) {}

  /**
   * A toleration as in {@code v1/Pod}; an empty key with operator Exists tolerates everything, an
   * empty effect every effect.
   */
  public record Toleration(String key, String operator, String value, String effect) {
    /** Whether it bears this taint. */
    public boolean tolerates(Taint taint) {
      if (!effect.isEmpty() && !effect.equals(taint.effect())) return false;
      boolean any = operator.equals("Exists");
      if (key.isEmpty()) return any;
      return key.equals(taint.key()) && (any || value.equals(taint.value()));
    }
  }

  /**
   * What the pod asks of its node.
   *
   * @param nodeName the only acceptable one, or empty
   * @param volumeNodes where its bound volumes stand; empty when they can be had anywhere
   */
  public record Wish(
      String nodeName,
      Map<String, String> nodeSelector,
      List<Toleration> tolerations,
      Optional<Set<NodeName>> volumeNodes) {}

  /** Where to, or why nowhere. */
  public sealed interface Choice {}

  /** This one. */
  public record Chosen(NodeStanding node) implements Choice {}

  /** In the words of Kubernetes' scheduler. */
  public record Nowhere(String message) implements Choice {}

  /** The least loaded of the acceptable nodes, spreading sets; ties go by name. */
  public static Choice choose(Wish wish, List<Candidate> candidates) {
    List<Candidate> fitting = new ArrayList<>();
    Map<String, Integer> objections = new TreeMap<>();
    for (Candidate candidate : candidates) {
      Optional<String> objection = objection(wish, candidate);
      if (objection.isEmpty()) fitting.add(candidate);
      else objections.merge(objection.get(), 1, Integer::sum);
    }
    Comparator<Candidate> order =
        Comparator.comparingInt(Candidate::siblings)
            .thenComparingInt(Placement::discouraging)
            .thenComparingInt(Candidate::pods)
            .thenComparing(candidate -> candidate.node().session().node().value());
    return fitting.stream()
        .min(order)
        .<Choice>map(best -> new Chosen(best.node()))
        .orElseGet(() -> nowhere(candidates.size(), objections));
  }

  private static Nowhere nowhere(int nodes, Map<String, Integer> objections) {
    if (nodes == 0) return new Nowhere("no nodes available to schedule pods");
    List<String> parts = new ArrayList<>();
    objections.forEach((objection, count) -> parts.add(count + " " + objection));
    return new Nowhere("0/" + nodes + " nodes are available: " + String.join(", ", parts) + ".");
  }

  private static int discouraging(Candidate candidate) {
    return (int)
        candidate.taints().stream()
            .filter(each -> each.effect().equals("PreferNoSchedule"))
            .count();
  }

  private static Optional<String> objection(Wish wish, Candidate candidate) {
    NodeStanding node = candidate.node();
    NodeName name = node.session().node();
    if (!node.standing().takesLives()) return Optional.of("node(s) were not ready");
    if (!wish.nodeName().isEmpty() && !wish.nodeName().equals(name.value())) {
      return Optional.of("node(s) didn't match the requested node name");
    }
    if (!node.schedulable()) return Optional.of("node(s) were unschedulable");
    if (!node.labels().entrySet().containsAll(wish.nodeSelector().entrySet())) {
      return Optional.of("node(s) didn't match Pod's node affinity/selector");
    }
    if (wish.volumeNodes().filter(nodes -> !nodes.contains(name)).isPresent()) {
      return Optional.of("node(s) had volume node affinity conflict");
    }
    for (Taint taint : candidate.taints()) {
      boolean repels = !taint.effect().equals("PreferNoSchedule");
      if (repels && wish.tolerations().stream().noneMatch(each -> each.tolerates(taint))) {
        return Optional.of(
            "node(s) had untolerated taint {" + taint.key() + ": " + taint.value() + "}");
      }
    }
    if (candidate.podsCapacity() >= 0 && candidate.pods() >= candidate.podsCapacity()) {
      return Optional.of("Too many pods");
    }
    return Optional.empty();
  }
}
