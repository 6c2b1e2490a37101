package io.ordinal.cli.drain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which pods of a node go, in which order they are asked, and which stay. Pure.
 *
 * @param stay with the reason
 * @param refusals why the node cannot be drained as asked; empty when it can
 */
record DrainPlan(List<NodePod> go, List<String> stay, List<String> refusals) {
  /** Sets by name, their highest ordinal first: the order in which the server lets them go. */
  private static final Comparator<NodePod> ORDER =
      Comparator.comparing(NodePod::family)
          .thenComparing(Comparator.comparingLong(NodePod::ordinal).reversed())
          .thenComparing(NodePod::id);

  static DrainPlan of(List<NodePod> pods, DrainOptions options) {
    List<NodePod> go = new ArrayList<>();
    List<NodePod> daemons = new ArrayList<>();
    List<NodePod> scratch = new ArrayList<>();
    List<NodePod> bare = new ArrayList<>();
    for (NodePod pod : pods.stream().sorted(ORDER).toList()) {
      if (pod.finished()) {
        go.add(pod);
      } else if (pod.controller().equals("DaemonSet")) {
        daemons.add(pod);
      } else if (pod.controller().isEmpty() && !options.force()) {
        bare.add(pod);
      } else if (pod.scratch() && !options.deleteEmptyDirData()) {
        scratch.add(pod);
      } else {
        go.add(pod);
      }
    }
    List<String> refusals = new ArrayList<>();
    List<String> stay = new ArrayList<>();
    sort(daemons, options.ignoreDaemonSets(), refusals, stay)
        .accept(
            "cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore)",
            "belongs to every node");
    sort(scratch, options.leaveRest(), refusals, stay)
        .accept(
            "cannot delete Pods with local storage (use --delete-emptydir-data to override)",
            "has scratch data");
    sort(bare, options.leaveRest(), refusals, stay)
        .accept(
            "cannot delete Pods that declare no controller (use --force to override)",
            "nobody would bring it back");
    return new DrainPlan(go, stay, refusals);
  }

  private static java.util.function.BiConsumer<String, String> sort(
      List<NodePod> pods, boolean staying, List<String> refusals, List<String> stay) {
    return (refusal, reason) -> {
      if (pods.isEmpty()) return;
      if (staying) {
        pods.forEach(each -> stay.add(each.id() + " (" + reason + ")"));
      } else {
        refusals.add(
            refusal + ": " + pods.stream().map(NodePod::id).collect(Collectors.joining(", ")));
      }
    };
  }
}
