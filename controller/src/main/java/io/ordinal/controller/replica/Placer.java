package io.ordinal.controller.replica;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.NodeStanding;
import io.ordinal.controller.network.PodAddresses;
import io.ordinal.controller.network.PodAddresses.Assignment;
import io.ordinal.controller.network.PodRange;
import io.ordinal.controller.node.RestoreHold;
import io.ordinal.controller.node.Sessions;
import io.ordinal.controller.plan.Placement;
import io.ordinal.controller.plan.Placement.Candidate;
import io.ordinal.controller.replica.Decision.Creation;
import io.ordinal.controller.replica.ReplicaState.Pending;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.StoredRecord;
import io.ordinal.controller.store.View;
import io.ordinal.controller.volume.Binding;
import io.ordinal.controller.volume.Binding.Share;
import io.ordinal.controller.volume.Merge;
import io.ordinal.controller.volume.Provision;
import io.ordinal.controller.volume.VolumeWorld;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Revision;
import io.ordinal.protocol.id.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Looks at one view of the store and decides where a pending life goes. */
final class Placer {
  /** Where to, or why nowhere. */
  sealed interface Sighting {}

  /** What placing it there means for record, claims and volumes. */
  record Fit(
      NodeStanding node,
      Failover.Wish failover,
      Map<String, ClaimBinding> claims,
      List<Creation> creations,
      List<Merge> merges,
      List<Operation.Expect> expected,
      List<Operation> records)
      implements Sighting {
    Fit with(List<Operation> more) {
      List<Operation> all = new ArrayList<>(records);
      all.addAll(more);
      return new Fit(node, failover, claims, creations, merges, expected, all);
    }

    Decision decision() {
      return new Decision(
          Optional.empty(), Optional.of(node), creations, merges, expected, records);
    }
  }

  record Nowhere(String why) implements Sighting {}

  private final View view;
  private final ReplicaId replica;
  private final ApiObject pod;
  private final Incarnation life;
  private final Set<Session> passedOver;

  /**
   * @param passedOver nodes that are not to be tried
   */
  Placer(View view, ReplicaId replica, Pending pending, Set<Session> passedOver) {
    this.view = view;
    this.passedOver = passedOver;
    this.replica = replica;
    this.pod = pending.life().pod().object();
    this.life = pending.incarnation();
  }

  Sighting look(boolean severalControllers, Supplier<UUID> ids, Instant now) {
    Optional<String> held = RestoreHold.reason(view);
    if (held.isPresent()) return new Nowhere(held.get());
    VolumeWorld world = VolumeWorld.in(view, replica.namespace());
    LostVolumes lost = new LostVolumes(view, pod, world, now);
    Binding.Outlook outlook = Binding.outlook(pod, world, lost);
    if (outlook instanceof Binding.Wait wait) return new Nowhere(wait.message());
    Binding.Clear clear = (Binding.Clear) outlook;
    Attachments attachments = Attachments.of(view, replica, clear.shares());
    Optional<String> refusal = attachments.refusal();
    if (refusal.isPresent()) return new Nowhere(refusal.get());
    List<Candidate> candidates = candidates();
    Placement.Choice choice = Placement.choose(wish(attachments.nodes(clear.nodes())), candidates);
    if (choice instanceof Placement.Nowhere nowhere) {
      return new Nowhere(
          nowhere.message()
              + lost.explained(clear.shares())
              + attachments.explained()
              + explained());
    }
    NodeStanding node = ((Placement.Chosen) choice).node();
    Failover.Wish failover =
        Failover.wish(pod, severalControllers, () -> Failover.spare(view), clear.pinned(world));
    Assignment address = PodAddresses.assign(view, PodRange.in(view), replica, this::remembered);
    if (address instanceof PodAddresses.Exhausted exhausted)
      return new Nowhere(exhausted.message());
    Fit fit = fit(node, failover, clear.shares(), ids, now);
    return fit.with(lost.stillLost(clear.shares()))
        .with(attachments.taken())
        .with(address.operations());
  }

  /** An identity without a record has nothing to come back to. */
  private boolean remembered(ReplicaId owner) {
    return view.record(ReplicaRecords.record(owner)).isPresent();
  }

  private Fit fit(
      NodeStanding node,
      Failover.Wish failover,
      List<Share> shares,
      Supplier<UUID> ids,
      Instant now) {
    NodeName name = node.session().node();
    Map<String, ClaimBinding> claims = new HashMap<>();
    List<Creation> creations = new ArrayList<>();
    List<Merge> merges = new ArrayList<>();
    List<Operation.Expect> expected = new ArrayList<>();
    for (Share share : shares) {
      Optional<ApiObject> volume =
          Provision.volume(share, node.session(), life, ids.get(), now).map(ApiObject::new);
      volume.ifPresent(
          made -> creations.add(new Creation(VolumeWorld.volumeKey(made.name()), made)));
      Provision.claim(share, name).ifPresent(merges::add);
      Provision.volume(share, life).ifPresent(merges::add);
      // Otherwise a claim could be deleted as unused while its pod is being placed.
      if (share instanceof Share.Bound) expected.add(asRead(share.claim()));
      claims.put(share.claim().name(), binding(share, volume));
    }
    return new Fit(node, failover, claims, creations, merges, expected, List.of());
  }

  private static Operation.Expect asRead(ApiObject claim) {
    return new Operation.Expect(
        VolumeWorld.claimKey(claim.namespace(), claim.name()),
        Condition.at(new Revision(Long.parseLong(claim.resourceVersion()))));
  }

  private ClaimBinding binding(Share share, Optional<ApiObject> made) {
    String volumeName = Provision.volumeName(share);
    ApiObject volume =
        made.or(() -> VolumeWorld.in(view, replica.namespace()).volume(volumeName)).orElseThrow();
    return new ClaimBinding(
        share.claim().uid(),
        volumeName,
        volume.spec().path("storageClassName").asString(""),
        Binding.node(volume).map(NodeName::value).orElse(""));
  }

  private Placement.Wish wish(Optional<Set<NodeName>> nodes) {
    JsonNode spec = pod.spec();
    Map<String, String> selector = new HashMap<>();
    spec.path("nodeSelector")
        .properties()
        .forEach(each -> selector.put(each.getKey(), each.getValue().asString("")));
    return new Placement.Wish(
        spec.path("nodeName").asString(""), selector, Taints.toleratedBy(pod), nodes);
  }

  private List<Candidate> candidates() {
    Map<Long, Integer> pods = new HashMap<>();
    Map<Long, Integer> siblings = new HashMap<>();
    String family = siblingPrefix(replica);
    for (StoredRecord each : view.records(ReplicaRecords.PLACEMENT_FAMILY)) {
      long session = ReplicaRecords.sessionNumber(each.key().id());
      pods.merge(session, 1, Integer::sum);
      String placed = siblingPrefix(ReplicaRecords.placed(each.key().id()));
      if (placed.equals(family)) siblings.merge(session, 1, Integer::sum);
    }
    List<Candidate> found = new ArrayList<>();
    for (NodeStanding node : Sessions.current(view)) {
      long number = node.session().number();
      Optional<ApiObject> object =
          view.get(ReplicaRecords.node(node.session().node())).map(ApiObject::of);
      if (object.isEmpty()) continue; // Deleted: nobody sees it, so it does not count either.
      if (passedOver.contains(node.session())) continue;
      found.add(
          new Candidate(
              node,
              Taints.of(object.get()),
              podsCapacity(object.get()),
              pods.getOrDefault(number, 0),
              siblings.getOrDefault(number, 0)));
    }
    return found;
  }

  /** Why some nodes were not looked at. */
  private String explained() {
    if (passedOver.isEmpty()) return "";
    String nodes =
        passedOver.stream()
            .map(each -> each.node().value())
            .sorted()
            .collect(Collectors.joining(", "));
    return " Not tried for a while, since there was no address for it: " + nodes + ".";
  }

  /** Namespace and name without the ordinal. */
  private static String siblingPrefix(ReplicaId replica) {
    return replica.toString().replaceFirst("-[0-9]+$", "");
  }

  private static int podsCapacity(ApiObject node) {
    JsonNode status = node.status();
    String text =
        status
            .path("allocatable")
            .path("pods")
            .asString(status.path("capacity").path("pods").asString(""));
    return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
  }
}
