package io.ordinal.controller.drill;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.drill.DrillStatus;
import io.ordinal.controller.document.drill.DrillStatus.ReplicaStatus;
import io.ordinal.controller.replica.RecordCodec;
import io.ordinal.controller.replica.ReplicaRecords;
import io.ordinal.controller.replica.ReplicaState;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.SetKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Looks at one view of the store for a drill. Valid as long as the view. */
final class SceneReader {
  static final ResourceName NODES = new ResourceName("nodes");
  static final ResourceName SETS = new ResourceName("statefulsets.apps");

  /** Condition of a node whose agent says whether it does faults; older agents do not say. */
  private static final String DRILLS = "ordinal.io/Drills";

  private final View view;
  private final RecordCodec codec;
  private final Council council;
  private final Map<NodeName, ApiObject> nodes = new HashMap<>();

  SceneReader(View view, RecordCodec codec, Council council) {
    this.view = view;
    this.codec = codec;
    this.council = council;
    view.scan(
        NODES, "", node -> nodes.put(new NodeName(node.key().name()), ApiObject.of(node)) == null);
  }

  /**
   * @param running the name of another drill that is busy
   */
  DrillScene scene(DrillOrder order, DrillStatus status, String uid, Optional<String> running) {
    List<String> obstacles = new ArrayList<>();
    boolean begun = status.replicas() != null;
    List<Spot> spots = begun ? List.of() : order.target().match(new Spots(obstacles));
    Set<NodeName> heard = new HashSet<>();
    Set<NodeName> places = new HashSet<>();
    nodes.forEach(
        (name, node) -> {
          if (!ready(node)) return;
          heard.add(name);
          if (!node.spec().path("unschedulable").asBoolean(false)) places.add(name);
        });
    return new DrillScene(
        spots,
        obstacles,
        sets(order, status, spots).stream().map(this::set).toList(),
        council,
        running,
        DrillRecords.reports(view, uid),
        heard,
        places,
        DrillRecords.lives(view, uid));
  }

  static boolean ready(ApiObject node) {
    return condition(node, "Ready").equals("True");
  }

  /** Empty when it has none of that type. */
  private static String condition(ApiObject node, String type) {
    for (JsonNode condition : node.status().path("conditions")) {
      if (condition.path("type").asString("").equals(type)) {
        return condition.path("status").asString("");
      }
    }
    return "";
  }

  private Collection<SetKey> sets(DrillOrder order, DrillStatus status, List<Spot> spots) {
    if (status.replicas() != null) {
      return status.replicas().stream()
          .map(ReplicaStatus::set)
          .distinct()
          .map(ReplicaId::parse)
          .map(each -> new SetKey(each.namespace(), each.name()))
          .toList();
    }
    if (!order.sets().isEmpty()) return order.sets();
    Set<String> names =
        spots.stream()
            .flatMap(spot -> spot.node().stream())
            .map(NodeName::value)
            .collect(Collectors.toSet());
    Set<String> replicas =
        spots.stream()
            .filter(spot -> spot.kind() == Spot.Kind.REPLICA)
            .map(Spot::name)
            .collect(Collectors.toSet());
    Set<String> found = new TreeSet<>();
    view.scan(
        ReplicaRecords.PODS,
        "",
        stored -> {
          ApiObject pod = ApiObject.of(stored);
          boolean hit =
              replicas.isEmpty()
                  ? names.contains(pod.spec().path("nodeName").asString(""))
                  : replicas.contains(pod.namespace() + "/" + pod.name());
          if (hit) {
            pod.controller()
                .filter(owner -> owner.kind().equals("StatefulSet"))
                .ifPresent(owner -> found.add(pod.namespace() + "/" + owner.name()));
          }
          return true;
        });
    return found.stream()
        .map(ReplicaId::parse)
        .map(each -> new SetKey(each.namespace(), each.name()))
        .toList();
  }

  private SetSight set(SetKey key) {
    Optional<ApiObject> set =
        view.get(new ObjectKey(SETS, key.namespace(), key.name())).map(ApiObject::of);
    if (set.isEmpty()) return new SetSight(key, -1, List.of());
    JsonNode spec = set.get().spec();
    int start = spec.path("ordinals").path("start").asInt(0);
    int wanted = spec.path("replicas").asInt(1);
    List<ReplicaSight> replicas = new ArrayList<>();
    for (int ordinal = start; ordinal < start + wanted; ordinal++) {
      replicas.add(replica(key, key.replica(ordinal)));
    }
    return new SetSight(key, wanted, replicas);
  }

  private ReplicaSight replica(SetKey set, ReplicaId id) {
    Optional<PodSight> pod = view.get(ReplicaRecords.pod(id)).map(ApiObject::of).map(PodSight::of);
    Optional<ReplicaState> state =
        view.record(ReplicaRecords.record(id)).map(stored -> codec.decode(stored.value()));
    boolean fenced =
        state.flatMap(ReplicaState::whereabouts).map(ReplicaState.Stay::fenced).orElse(false);
    Map<String, String> volumes = new HashMap<>();
    state.ifPresent(
        each -> each.claims().values().forEach(it -> volumes.put(it.volume(), it.node())));
    return new ReplicaSight(id, set, pod, fenced, volumes);
  }

  /** Finds what a target is, or says why it cannot be hit. */
  private final class Spots implements Target.Cases<List<Spot>> {
    private final List<String> obstacles;

    Spots(List<String> obstacles) {
      this.obstacles = obstacles;
    }

    @Override
    public List<Spot> node(Target.OnNode target) {
      return onNode(target.node());
    }

    @Override
    public List<Spot> controller(Target.OnController target) {
      Boolean reachable = council.reachable().get(target.name());
      if (reachable == null) return none("there is no controller " + target.name());
      if (!reachable) return none("controller " + target.name() + " cannot be reached");
      NodeName node = new NodeName(target.name());
      Optional<NodeName> agent = Optional.of(node).filter(nodes::containsKey);
      if (council.closed().contains(target.name())) return closed("controller " + target.name());
      return List.of(new Spot(Spot.Kind.CONTROLLER, target.name(), agent, true));
    }

    @Override
    public List<Spot> replica(Target.OnReplica target) {
      Optional<StoredObject> pod = view.get(ReplicaRecords.pod(target.replica()));
      if (pod.isEmpty()) return none("there is no pod " + target.replica());
      Optional<NodeName> node = PodSight.of(ApiObject.of(pod.get())).node();
      if (node.isEmpty()) return none("pod " + target.replica() + " has no node");
      if (onNode(node.get()).isEmpty()) return List.of();
      return List.of(new Spot(Spot.Kind.REPLICA, target.replica().toString(), node, false));
    }

    @Override
    public List<Spot> rack(Target.OnRack target) {
      List<Spot> found = new ArrayList<>();
      nodes.forEach(
          (name, node) -> {
            if (target.value().equals(node.labels().get(target.label()))) {
              found.addAll(onNode(name));
            }
          });
      if (!found.isEmpty() || !obstacles.isEmpty()) return found;
      return none("no node has the label " + target.label() + "=" + target.value());
    }

    private List<Spot> onNode(NodeName name) {
      ApiObject node = nodes.get(name);
      if (node == null) return none("there is no node " + name);
      if (!ready(node)) return none("node " + name + " is not ready");
      if (condition(node, DRILLS).equals("False")) return closed("node " + name);
      boolean controller = council.reachable().containsKey(name.value());
      return List.of(new Spot(Spot.Kind.NODE, name.value(), Optional.of(name), controller));
    }

    private List<Spot> closed(String member) {
      return none(
          member + " does not allow drills: ordinal.agent.drills.enabled in its configuration");
    }

    private List<Spot> none(String why) {
      obstacles.add(why);
      return List.of();
    }
  }
}
