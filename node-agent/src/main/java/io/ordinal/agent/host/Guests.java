package io.ordinal.agent.host;

import io.ordinal.agent.state.LifeName;
import io.ordinal.agent.workload.Workload;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.id.ReplicaId;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lives that this node hosts, in the order in which they came. */
final class Guests {
  private final Map<LifeName, Guest> byName = new LinkedHashMap<>();

  Optional<Guest> find(LifeName life) {
    return Optional.ofNullable(byName.get(life));
  }

  boolean knows(LifeName life) {
    return byName.containsKey(life);
  }

  void put(LifeName life, Guest guest) {
    byName.put(life, guest);
  }

  void remove(LifeName life) {
    byName.remove(life);
  }

  /** Takes note of how a life fares, if it is here. */
  void fared(LifeStatus status) {
    byName.computeIfPresent(Outbox.nameOf(status), (name, guest) -> guest.faring(status));
  }

  Collection<Guest> all() {
    return List.copyOf(byName.values());
  }

  /** The lives of one identity. */
  Map<LifeName, Guest> of(ReplicaId replica) {
    Map<LifeName, Guest> found = new LinkedHashMap<>();
    byName.forEach(
        (name, guest) -> {
          if (name.replica().equals(replica)) found.put(name, guest);
        });
    return found;
  }

  /** Whether no other life of the identity runs; one that does is on its way out, or newer. */
  boolean makeRoom(LifeName life) {
    boolean clear = true;
    for (Map.Entry<LifeName, Guest> entry : of(life.replica()).entrySet()) {
      if (entry.getKey().incarnation().isAfter(life.incarnation())) return false;
      Guest guest = entry.getValue();
      if (guest.ended()) {
        guest.workload().tell(new Workload.Discard());
      } else {
        guest.workload().tell(new Workload.Stop(guest.order().terminationGrace(), "", ""));
        clear = false;
      }
    }
    return clear;
  }

  Optional<Guest> latestOf(ReplicaId replica) {
    return of(replica).entrySet().stream()
        .max(Map.Entry.comparingByKey(Comparator.comparing(LifeName::incarnation)))
        .map(Map.Entry::getValue);
  }

  /** Those whose end comes with the lease's. */
  List<LifeName> fenced() {
    return byName.entrySet().stream()
        .filter(each -> each.getValue().mayBeFenced() && !each.getValue().ended())
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * How the node goes to a planned stop.
   *
   * @param resting whether all go on; else the fenced ones end
   * @param left until then
   */
  Rested rested(boolean resting, Optional<Duration> left) {
    boolean hosting = byName.values().stream().anyMatch(guest -> !guest.ended());
    List<ReplicaId> fenced = fenced().stream().map(LifeName::replica).distinct().toList();
    return new Rested(
        hosting, resting, resting ? List.of() : fenced, resting ? Optional.empty() : left);
  }

  /** Whether a process of any may have this volume. */
  boolean use(String volume) {
    return byName.values().stream().anyMatch(guest -> guest.uses(volume));
  }
}
