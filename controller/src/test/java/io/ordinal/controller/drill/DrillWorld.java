package io.ordinal.controller.drill;

import io.ordinal.controller.document.drill.DrillStatus;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.SetKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A small cluster that can be told what befalls it: three nodes, one set of three replicas. */
final class DrillWorld {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final SetKey REDIS = new SetKey("default", "redis");
  static final DrillSettings SETTINGS =
      new DrillSettings(
          Duration.ofMillis(100),
          Duration.ofMillis(50),
          Duration.ofSeconds(5),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofSeconds(15),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1),
          Duration.ofMillis(100),
          100,
          Duration.ofSeconds(8));

  /** What stands for a replica; times are seconds since the start. */
  static final class Pod {
    String node;
    long incarnation;
    boolean ready = true;
    Instant readySince = START.minusSeconds(60);
    int restarts;
    boolean fenced = true;
    Map<String, String> volumes = Map.of();

    Pod(String node, long incarnation) {
      this.node = node;
      this.incarnation = incarnation;
    }
  }

  final Map<String, Pod> pods = new HashMap<>();
  final Set<String> heard = new HashSet<>(Set.of("n1", "n2", "n3"));
  final Map<String, Boolean> controllers = new HashMap<>();
  final Map<String, SpotReport> reports = new HashMap<>();
  final List<String> obstacles = new ArrayList<>();
  final List<LifeEvidence> evidence = new ArrayList<>();
  Optional<String> running = Optional.empty();
  Optional<String> ending = Optional.empty();
  Optional<DrillStatus.Service> service = Optional.empty();
  List<Spot> spots = List.of(node("n2"));
  DrillOrder order = order(new Target.OnNode(new NodeName("n2")), Way.KILL);
  DrillStatus status = DrillStatus.NEW;
  Chronicle chronicle = Chronicle.NONE;
  Instant now = START;

  DrillWorld() {
    for (int i = 0; i < 3; i++) pods.put("redis-" + i, new Pod("n" + (i + 1), 10 + i));
    for (int i = 1; i < 4; i++) controllers.put("c" + i, true);
  }

  static Spot node(String name) {
    return new Spot(Spot.Kind.NODE, name, Optional.of(new NodeName(name)), false);
  }

  static Spot replica(String name, String node) {
    return new Spot(Spot.Kind.REPLICA, "default/" + name, Optional.of(new NodeName(node)), false);
  }

  static DrillOrder order(Target target, Way way) {
    return new DrillOrder(
        target,
        way,
        Duration.ofSeconds(30),
        List.of(),
        Duration.ofSeconds(5),
        false,
        false,
        false,
        Duration.ofMinutes(10),
        Optional.empty());
  }

  DrillScene scene() {
    List<ReplicaSight> replicas = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      replicas.add(sight(REDIS.replica(i), pods.get("redis-" + i)));
    }
    Set<NodeName> nodes = new HashSet<>();
    heard.forEach(name -> nodes.add(new NodeName(name)));
    return new DrillScene(
        spots,
        obstacles,
        List.of(new SetSight(REDIS, 3, replicas)),
        new Council(controllers, Set.of()),
        running,
        reports,
        nodes,
        nodes,
        evidence);
  }

  private ReplicaSight sight(ReplicaId id, Pod pod) {
    return new ReplicaSight(
        id,
        REDIS,
        Optional.ofNullable(pod).map(DrillWorld::sight),
        pod != null && pod.fenced,
        pod == null ? Map.of() : pod.volumes);
  }

  static PodSight sight(Pod pod) {
    return new PodSight(
        "uid-" + pod.incarnation,
        new Incarnation(pod.incarnation),
        Optional.of(new NodeName(pod.node)),
        Optional.of("10.0.0." + pod.node.charAt(1)),
        pod.ready,
        pod.readySince,
        false,
        false,
        pod.restarts);
  }

  DrillView view() {
    return new DrillView(
        order, status, ending, scene(), new Testimony(chronicle, Map.of(), service), SETTINGS, now);
  }

  /** One look, taken over; the witness sees the pods as they are. */
  DrillStatus look() {
    status = DrillPlanner.next(view());
    if (status.injectedAt() != null) {
      if (chronicle.traces().isEmpty()) chronicle = Chronicle.of(status, 100);
      witness();
    }
    return status;
  }

  void witness() {
    long at = Duration.between(status.injectedAt(), now).toMillis();
    for (int i = 0; i < 3; i++) {
      Optional<PodSight> pod = Optional.ofNullable(pods.get("redis-" + i)).map(DrillWorld::sight);
      chronicle = chronicle.pod(REDIS.replica(i), pod, at);
    }
  }

  DrillWorld after(Duration span) {
    now = now.plus(span);
    return this;
  }

  void ready(String name, boolean ready) {
    Pod pod = pods.get(name);
    if (pod.ready != ready) pod.readySince = now;
    pod.ready = ready;
  }

  void move(String name, String node, long incarnation) {
    Pod before = pods.get(name);
    Pod next = new Pod(node, incarnation);
    next.readySince = now;
    next.fenced = before.fenced;
    next.volumes = before.volumes;
    pods.put(name, next);
  }

  void report(String member, SpotState state) {
    reports.put(member, new SpotReport(state, "as the test says"));
  }
}
