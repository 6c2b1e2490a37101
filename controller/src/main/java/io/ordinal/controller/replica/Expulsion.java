package io.ordinal.controller.replica;

import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * When a life has to leave a node that goes on: for taints that it does not tolerate, and for an
 * address that the node cannot give it while another node may. Remembers since when, and which
 * nodes to pass over; an actor that begins anew counts anew.
 */
final class Expulsion {
  /**
   * It is to go.
   *
   * @param telling tells people why
   */
  record Leave(Instant at, BiConsumer<PodNews, PodDocument> telling) {}

  private final Duration patience;
  private final Duration passOver;
  private final Map<Session, Instant> without = new HashMap<>();
  private Optional<Instant> taintedSince = Optional.empty();
  private Optional<Incarnation> waiting = Optional.empty();
  private Instant waitingSince = Instant.EPOCH;

  /**
   * @param patience with a node that gives no address
   * @param passOver how long such a node is not tried again
   */
  Expulsion(Duration patience, Duration passOver) {
    this.patience = patience;
    this.passOver = passOver;
  }

  /** As a look at its session shows it; the moment may be yet to come. */
  Optional<Leave> of(Placed placed, StandingSight sight, Instant now) {
    Optional<Leave> tainted = tainted(placed, sight, now);
    Optional<Leave> stuck = stuck(placed, sight, now);
    if (tainted.isEmpty() || stuck.isEmpty()) return tainted.or(() -> stuck);
    return stuck.get().at().isBefore(tainted.get().at()) ? stuck : tainted;
  }

  /** The time counts from when this actor first saw the taints, as in Kubernetes. */
  private Optional<Leave> tainted(Placed placed, StandingSight sight, Instant now) {
    if (sight.expelling().isEmpty()) taintedSince = Optional.empty();
    else if (taintedSince.isEmpty()) taintedSince = Optional.of(now);
    return taintedSince
        .flatMap(since -> TaintEviction.due(placed.life().pod().object(), sight.expelling(), since))
        .map(at -> new Leave(at, (news, pod) -> news.evicted(pod, sight.expelling())));
  }

  /** Between two of the node's attempts the pod does not say what it waits for. */
  private Optional<Leave> stuck(Placed placed, StandingSight sight, Instant now) {
    if (AddressLack.ran(placed)) waiting = Optional.empty();
    if (!AddressLack.waits(placed)) return Optional.empty();
    without.put(sight.session(), now.plus(passOver));
    if (!waiting.equals(Optional.of(placed.incarnation()))) {
      waiting = Optional.of(placed.incarnation());
      waitingSince = now;
    }
    // Else it would be nowhere, and could not take an address that gets free.
    boolean nowhere = passedOver(now).containsAll(sight.spare());
    if (nowhere || !AddressLack.movable(placed)) return Optional.empty();
    return Optional.of(
        new Leave(
            waitingSince.plus(patience),
            (news, pod) -> news.withoutAddress(pod, sight.session().node(), patience)));
  }

  /** Sessions of nodes that lately had no address for it. */
  Set<Session> passedOver(Instant now) {
    without.values().removeIf(until -> !until.isAfter(now));
    return Set.copyOf(without.keySet());
  }
}
