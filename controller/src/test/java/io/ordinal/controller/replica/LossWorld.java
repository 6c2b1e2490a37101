package io.ordinal.controller.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.Json;
import io.ordinal.controller.model.NodeStanding;
import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.replica.ReplicaState.Living;
import io.ordinal.controller.replica.ReplicaState.Pending;
import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.controller.replica.ReplicaState.Releasing;
import io.ordinal.controller.replica.ReplicaState.Stay;
import io.ordinal.controller.replica.ReplicaState.Vacant;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Revision;
import io.ordinal.protocol.id.Session;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Machines, sessions and replicas, with messages that are lost, repeated and come late, machines
 * that are cut off, lose power, stop by plan and return, and an operator who tells the truth. What
 * replicas do is the real code; machines do what agents must do.
 */
final class LossWorld {
  static final int REPLICAS = 4;
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  final Random random;
  final List<LossMachine> machines = new ArrayList<>();
  final Map<Session, Standing> sessions = new HashMap<>();
  final ReplicaState[] states = new ReplicaState[REPLICAS];
  private final boolean[] wishes = new boolean[REPLICAS];
  private final long[] numbers = new long[REPLICAS];
  private final long[] highest = new long[REPLICAS];
  private final List<Runnable> late = new ArrayList<>();
  private long revision = 1;

  LossWorld(Random random) {
    this.random = random;
    for (int id = 0; id < 3; id++) machines.add(new LossMachine(id, this));
    for (int id = 0; id < REPLICAS; id++) {
      states[id] = Vacant.FRESH;
      wishes[id] = random.nextBoolean();
    }
  }

  /** Replicas with an odd number have a volume on the node that they were placed on first. */
  private static boolean pinned(int replica) {
    return replica % 2 == 1;
  }

  void step() {
    int replica = random.nextInt(REPLICAS);
    LossMachine machine = machines.get(random.nextInt(machines.size()));
    switch (random.nextInt(14)) {
      case 0, 1 -> drive(replica);
      case 2, 3 -> look(replica);
      case 4, 5, 6 -> lateness();
      case 7 -> machine.report();
      case 8 -> machine.register();
      case 9 -> fence(machine);
      case 10 -> machine.trouble();
      case 11 -> machine.recover();
      case 12 -> callOff(machine);
      default -> people(replica);
    }
    check();
  }

  /** Nothing bad happens any more, and everything in its turn. */
  void heal() {
    for (LossMachine machine : machines) {
      while (!machine.well()) machine.recover();
      machine.register();
    }
    for (int replica = 0; replica < REPLICAS; replica++) {
      drive(replica);
      look(replica);
    }
    machines.forEach(LossMachine::report);
    List<Runnable> all = List.copyOf(late);
    late.clear();
    all.forEach(Runnable::run);
    check();
  }

  /** For whoever reads of a failure. */
  String told() {
    StringBuilder text = new StringBuilder();
    for (int replica = 0; replica < REPLICAS; replica++) text.append(told(replica));
    machines.forEach(machine -> text.append("\n").append(machine));
    return text.toString();
  }

  private String told(int replica) {
    ReplicaState state = states[replica];
    String where =
        state
            .whereabouts()
            .map(
                stay ->
                    stay
                        + (" " + sessions.get(stay.session()))
                        + (", runs " + machine(stay.session()).running(replica)))
            .orElse("nowhere");
    return "\n%d: %s %s, wish %s, %s"
        .formatted(
            replica, state.getClass().getSimpleName(), state.incarnation(), wishes[replica], where);
  }

  boolean settled() {
    for (int replica = 0; replica < REPLICAS; replica++) {
      if (!(states[replica] instanceof Placed placed) || !placed.stay().fence().settled()) {
        return false;
      }
      LossMachine there = machine(placed.stay().session());
      if (there.running(replica) != placed.incarnation().value()) return false;
      if (placed.stay().fenced() != wishes[replica]) return false;
    }
    return true;
  }

  /** I1: one live process an identity. I2: none older than one that ran before. */
  private void check() {
    for (int replica = 0; replica < REPLICAS; replica++) {
      int alive = 0;
      for (LossMachine machine : machines) {
        long life = machine.running(replica);
        if (life == 0) continue;
        alive++;
        assertThat(life).as("replica %d", replica).isGreaterThanOrEqualTo(highest[replica]);
        highest[replica] = life;
      }
      assertThat(alive).as("replica %d: %s", replica, states[replica]).isLessThanOrEqualTo(1);
    }
  }

  /** May happen later, more than once, or never. */
  void later(Runnable what) {
    late.add(what);
  }

  /** Late, perhaps again later, perhaps never. */
  private void lateness() {
    if (late.isEmpty()) return;
    int index = random.nextInt(late.size());
    Runnable what = random.nextInt(4) == 0 ? late.get(index) : late.remove(index);
    if (random.nextInt(8) != 0) what.run();
  }

  private void drive(int replica) {
    ReplicaState state = states[replica];
    if (state instanceof Vacant vacant) {
      commit(replica, vacant.begin(new Revision(revision), life -> pod(replica), Optional.empty()));
    } else if (state instanceof Pending pending) {
      place(replica, pending);
    } else if (state instanceof Placed placed) {
      LossMachine there = machine(placed.stay().session());
      Fence fence = placed.stay().fence();
      long life = placed.incarnation().value();
      if (placed.stay().noted() == 0) later(() -> there.start(replica, life));
      if (!fence.settled()) {
        later(() -> there.setFenced(replica, life, fence.wish(), fence.basis()));
      }
    } else if (state instanceof Releasing releasing) {
      LossMachine there = machine(releasing.stay().session());
      later(() -> there.stop(replica, releasing.incarnation().value()));
    } else {
      // As its set does with a pod that will never run again.
      commit(replica, Deletion.asked((Living) state, Optional.empty(), NOW));
    }
  }

  /** Decided now, committed later, if nothing has moved. */
  private void place(int replica, Pending pending) {
    List<Session> ready =
        sessions.keySet().stream()
            .filter(each -> sessions.get(each).takesLives())
            .filter(each -> volumeAllows(pending, each))
            .sorted((a, b) -> Long.compare(a.number(), b.number()))
            .toList();
    if (ready.isEmpty()) return;
    Session chosen = ready.get(random.nextInt(ready.size()));
    later(
        () -> {
          if (states[replica] != pending || !sessions.get(chosen).takesLives()) return;
          Map<String, ClaimBinding> claims = new HashMap<>(pending.claims());
          if (pinned(replica)) {
            claims.putIfAbsent(
                "data", new ClaimBinding("uid", "volume", "local", chosen.node().value()));
          }
          Stay stay = new Stay(chosen, wishes[replica], 0);
          commit(replica, pending.place(stay, claims, pending.life().pod()));
        });
  }

  /** I3: a local volume binds its replica to its node. */
  private static boolean volumeAllows(ReplicaState state, Session session) {
    return state.claims().values().stream()
        .allMatch(claim -> claim.node().equals(session.node().value()));
  }

  private void look(int replica) {
    Optional<Stay> stay = states[replica].whereabouts();
    if (stay.isEmpty()) return;
    ReplicaState seen = states[replica];
    Session session = stay.get().session();
    Optional<NodeStanding> over =
        Optional.of(sessions.get(session)).filter(Standing::over).map(how -> node(session));
    Optional<NodeStanding> next =
        Optional.of(machine(session).latest())
            .filter(each -> each.number() > session.number() && !sessions.get(each).over())
            .map(this::node);
    Failover.Wish wish = new Failover.Wish(wishes[replica], "Test", "");
    StandingSight sight =
        new StandingSight(
            session,
            over,
            next,
            Optional.empty(),
            Optional.empty(),
            Optional.of(wish),
            List.of(),
            Set.of(),
            List.of());
    later(() -> seen(replica, seen.incarnation(), sight));
  }

  private void seen(int replica, Incarnation life, StandingSight sight) {
    ReplicaState state = states[replica];
    boolean current =
        state.incarnation().equals(life)
            && state.whereabouts().filter(it -> it.session().equals(sight.session())).isPresent();
    if (!current) return;
    if (sight.over().isEmpty()) {
      if (state instanceof Placed placed) {
        Vigil.of(placed, sight, numbers[replica] + 1, NOW).ifPresent(next -> commit(replica, next));
      }
      return;
    }
    Afterlife.of((Living) state, sight, NOW)
        .filter(move -> move.decision().standing().map(this::unmoved).orElse(true))
        .ifPresent(move -> commit(replica, move.next()));
  }

  /** The precondition of a decision on a standing. */
  private boolean unmoved(NodeStanding standing) {
    return sessions.get(standing.session()) == standing.standing();
  }

  void reported(Session session, int replica, LifeStatus status) {
    Reporting.Step step = Reporting.take(states[replica], session, status, NOW);
    if (step instanceof Reporting.Write write) commit(replica, write.next());
    boolean stray = step instanceof Reporting.Over && status.phase() != Phase.ENDED;
    long life = status.incarnation().value();
    if (stray) later(() -> machine(session).stop(replica, life));
  }

  /** A linearizable read: whether this life may begin there, and how. */
  Optional<Boolean> confirmed(Session session, int replica, long life) {
    if (!(states[replica] instanceof Placed placed)) return Optional.empty();
    Stay stay = placed.stay();
    boolean here = placed.incarnation().value() == life && stay.session().equals(session);
    return here && !sessions.get(session).frees(stay.fenced())
        ? Optional.of(stay.fenced())
        : Optional.empty();
  }

  /** The controllers' side of a lease: committed only when the machine's side has run out. */
  private void fence(LossMachine machine) {
    Session session = machine.latest();
    if (session != null && sessions.get(session) == Standing.READY && machine.lapsed()) {
      sessions.put(session, Standing.FENCED);
    }
  }

  /** An operator who only says so of a machine without power. */
  private void callOff(LossMachine machine) {
    if (machine.powered()) return;
    sessions.replaceAll(
        (session, standing) -> session.node().equals(machine.name()) ? Standing.OFF : standing);
  }

  private void people(int replica) {
    if (random.nextInt(3) == 0) wishes[replica] = !wishes[replica];
    if (random.nextInt(3) == 0 && states[replica] instanceof Living living) {
      commit(replica, Deletion.asked(living, Optional.empty(), NOW));
    }
  }

  private void commit(int replica, ReplicaState next) {
    states[replica] = next;
    numbers[replica]++;
    revision++;
  }

  long nextNumber() {
    return ++revision;
  }

  private NodeStanding node(Session session) {
    return new NodeStanding(session, sessions.get(session), 1, "192.0.2.1", true, Map.of());
  }

  private LossMachine machine(Session session) {
    return machines.stream().filter(it -> it.name().equals(session.node())).findFirst().get();
  }

  static ReplicaId id(int replica) {
    return new ReplicaId("shop", "web-" + replica);
  }

  private static PodDocument pod(int replica) {
    return PodDocument.of(Json.object(ReplicaWorld.podOfSet()));
  }
}
