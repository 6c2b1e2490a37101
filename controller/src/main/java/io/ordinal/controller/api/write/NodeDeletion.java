package io.ordinal.controller.api.write;

import io.ordinal.controller.api.cluster.JoinRole;
import io.ordinal.controller.api.cluster.MemberRecord;
import io.ordinal.controller.api.cluster.Members;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.NodeStanding;
import io.ordinal.controller.node.Sessions;
import io.ordinal.controller.replica.ReplicaRecords;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.controller.volume.Binding;
import io.ordinal.controller.volume.VolumeWorld;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What deleting a Node object comes to. The node is forgotten with it, and its certificate counts
 * no more: the machine comes back by joining again. Pure.
 */
final class NodeDeletion {
  private static final int NAMED = 3;
  private static final ResourceName PODS = new ResourceName("pods");
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  private NodeDeletion() {}

  /** Why the node may not go now, for people. */
  static Optional<String> obstacle(View view, String name) {
    NodeName node = new NodeName(name);
    boolean there =
        Sessions.currentOf(view, node)
            .map(NodeStanding::standing)
            .filter(each -> !each.over())
            .isPresent();
    String lives = lives(view, node);
    if (!lives.isEmpty()) {
      return Optional.of(
          there
              ? "the node hosts " + lives + ": drain it first (ordinal drain " + name + ")"
              : "the node is down and "
                  + (lives + " may still run there: when the machine is off for good, say so first")
                  + (" (kubectl taint node " + name)
                  + " node.kubernetes.io/out-of-service=nodeshutdown:NoExecute)");
    }
    if (there && member(view, name).isEmpty()) {
      return Optional.of("the node is there and would register again: stop its member first");
    }
    List<String> waiting = waiting(view, node);
    return waiting.isEmpty()
        ? Optional.empty()
        : Optional.of(
            named(waiting)
                + " could never begin again: a volume of it is on this node only. Scale its set down,"
                + " or give the volume up (kubectl delete pvc, then the pod), first");
  }

  /** What is lost with the node although nothing keeps it, for people. */
  static List<String> losses(View view, String name) {
    NodeName node = new NodeName(name);
    List<String> claims =
        view.list(VolumeWorld.CLAIMS, "").stream()
            .map(ApiObject::of)
            .filter(claim -> isThere(VolumeWorld.in(view, claim.namespace()), claim, node))
            .map(claim -> claim.namespace() + "/" + claim.name())
            .sorted()
            .toList();
    if (claims.isEmpty()) return List.of();
    return List.of(
        "volumes of "
            + named(claims)
            + " are on this node only: pods that use them again wait until it has joined again with"
            + " its data, or until the claims are deleted");
  }

  /** Pods that have a volume there and nowhere else, wherever they are now. */
  private static List<String> waiting(View view, NodeName node) {
    return view.list(PODS, "").stream()
        .map(ApiObject::of)
        .filter(pod -> !ENDED.contains(pod.status().path("phase").asString("")))
        .filter(pod -> needs(view, pod, node))
        .map(pod -> pod.namespace() + "/" + pod.name())
        .sorted()
        .toList();
  }

  private static boolean needs(View view, ApiObject pod, NodeName node) {
    VolumeWorld world = VolumeWorld.in(view, pod.namespace());
    return Binding.claimsOf(pod).stream()
        .flatMap(claim -> world.claim(claim).stream())
        .anyMatch(claim -> isThere(world, claim, node));
  }

  private static boolean isThere(VolumeWorld world, ApiObject claim, NodeName node) {
    return Optional.of(claim.spec().path("volumeName").asString(""))
        .filter(volume -> !volume.isEmpty()) // It may wait for one.
        .flatMap(world::volume)
        .flatMap(Binding::node)
        .filter(node::equals)
        .isPresent();
  }

  /** What goes before the object does. */
  static Transaction forgetting(View view, String name) {
    List<Operation> steps = new ArrayList<>(Sessions.forget(view, new NodeName(name)));
    member(view, name).map(Members::forget).ifPresent(steps::addAll);
    return new Transaction(steps);
  }

  /** A machine that is a controller too is not forgotten with its node. */
  private static Optional<MemberRecord> member(View view, String name) {
    return Members.in(view, name).filter(each -> each.role() == JoinRole.NODE);
  }

  private static String lives(View view, NodeName node) {
    List<String> all =
        ReplicaRecords.placedOn(view, node).stream().map(ReplicaId::toString).sorted().toList();
    return named(all);
  }

  private static String named(List<String> all) {
    String named = all.stream().limit(NAMED).collect(Collectors.joining(", "));
    return all.size() > NAMED ? named + " and " + (all.size() - NAMED) + " more" : named;
  }
}
