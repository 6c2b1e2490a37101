package io.ordinal.controller.drill;

import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** A drill that a witness follows. Belongs to that witness; not thread safe. */
final class Watching {
  private record LifeKey(ReplicaId replica, Incarnation incarnation) {}

  private final Duration began;
  private final Optional<ActorRef<Prober.Command>> prober;
  private final ActorRef<ServiceProber.Command> serviceProber;
  private final Map<NodeName, Session> sessions;
  private final Map<LifeKey, LifeEvidence> lives = new HashMap<>();
  private final Map<ReplicaId, String> addresses = new HashMap<>();
  private Chronicle chronicle;

  /**
   * @param began when the fault was sent, by the witness's clock
   * @param sessions of the nodes when the fault was sent
   */
  Watching(
      Duration began,
      Chronicle chronicle,
      Map<NodeName, Session> sessions,
      Optional<ActorRef<Prober.Command>> prober,
      ActorRef<ServiceProber.Command> serviceProber) {
    this.serviceProber = serviceProber;
    this.began = began;
    this.chronicle = chronicle;
    this.sessions = Map.copyOf(sessions);
    this.prober = prober;
  }

  Chronicle chronicle() {
    return chronicle;
  }

  Map<NodeName, Session> sessions() {
    return sessions;
  }

  Optional<ActorRef<Prober.Command>> prober() {
    return prober;
  }

  ActorRef<ServiceProber.Command> serviceProber() {
    return serviceProber;
  }

  long millis(Duration at) {
    return Math.max(0, at.minus(began).toMillis());
  }

  void pod(ReplicaId replica, Optional<PodSight> pod, Duration at) {
    if (!chronicle.traces().containsKey(replica)) return;
    chronicle = chronicle.pod(replica, pod, millis(at));
    pod.flatMap(PodSight::address).ifPresent(address -> reach(replica, address));
  }

  void reach(ReplicaId replica, String address) {
    if (address.equals(addresses.put(replica, address))) return;
    prober.ifPresent(it -> it.tell(new Prober.Reach(replica, address)));
  }

  void unheard(NodeName node, Duration at) {
    if (sessions.containsKey(node)) chronicle = chronicle.unheard(node, millis(at));
  }

  void heard(NodeName node, Duration at) {
    chronicle = chronicle.heard(node, millis(at));
  }

  void over(Session session, String standing, Duration at) {
    if (session.equals(sessions.get(session.node()))) {
      chronicle = chronicle.over(session.node(), session.toString(), standing, millis(at));
    }
  }

  /** What is new about a life; nothing when it is not observed or all is known. */
  Optional<LifeEvidence> heard(LifeStatus status, NodeName node) {
    if (!chronicle.traces().containsKey(status.replica())) return Optional.empty();
    LifeKey key = new LifeKey(status.replica(), status.incarnation());
    Optional<LifeEvidence> known = Optional.ofNullable(lives.get(key));
    LifeEvidence next = LifeTimes.of(status, node.value(), known);
    lives.put(key, next);
    return known.equals(Optional.of(next)) ? Optional.empty() : Optional.of(next);
  }
}
