package io.ordinal.controller.drill;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.drill.DrillStatus;
import io.ordinal.controller.model.NodeStanding;
import io.ordinal.controller.node.Sessions;
import io.ordinal.controller.replica.ReplicaRecords;
import io.ordinal.controller.store.Change;
import io.ordinal.controller.store.ChangeFeed;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Revision;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a witness reads at a time.
 *
 * @param at when it was read, by the witness's clock
 * @param drills those that are busy; empty when none of them changed and none is watched
 * @param changes of pods and nodes since the last page; empty when some were purged, or none were
 *     asked for
 * @param pods as they stand, of replicas that were asked for
 * @param over sessions that were asked for and are over, with their standing
 */
record WitnessPage(
    Revision revision,
    Duration at,
    Optional<List<Busy>> drills,
    Optional<List<Change>> changes,
    Map<ReplicaId, Optional<PodSight>> pods,
    Map<Session, String> over,
    Map<NodeName, Session> sessions) {

  /** The resources that a page is about. */
  static final Set<ResourceName> WATCHED =
      Set.of(DrillDocument.DRILLS, ReplicaRecords.PODS, SceneReader.NODES);

  /** A drill that is busy. */
  record Busy(String uid, ApiObject object, DrillStatus status) {}

  /** What the witness wants to know. */
  record Wish(
      Revision after, boolean watching, List<ReplicaId> pods, Collection<Session> sessions) {}

  static WitnessPage read(View view, Wish wish, Duration at) {
    boolean quiet =
        !wish.watching()
            && !wish.after().equals(Revision.ZERO)
            && ChangeFeed.since(view, List.of(DrillDocument.DRILLS), wish.after())
                .filter(List::isEmpty)
                .isPresent();
    if (quiet) {
      return new WitnessPage(
          view.revision(), at, Optional.empty(), Optional.empty(), Map.of(), Map.of(), Map.of());
    }
    List<Busy> busy = new ArrayList<>();
    for (StoredObject each : view.list(DrillDocument.DRILLS, "")) {
      ApiObject drill = ApiObject.of(each);
      DrillStatus status = DrillDocument.status(drill);
      if (status.phase() != null && status.phase().busy() && status.replicas() != null) {
        busy.add(new Busy(drill.uid(), drill, status));
      }
    }
    Optional<List<Change>> changes =
        wish.watching()
            ? ChangeFeed.since(view, List.of(ReplicaRecords.PODS, SceneReader.NODES), wish.after())
            : Optional.empty();
    Map<ReplicaId, Optional<PodSight>> pods = new HashMap<>();
    for (ReplicaId each : wish.pods()) {
      pods.put(each, view.get(ReplicaRecords.pod(each)).map(ApiObject::of).map(PodSight::of));
    }
    return new WitnessPage(
        view.revision(), at, Optional.of(busy), changes, pods, over(view, wish), sessions(view));
  }

  private static Map<Session, String> over(View view, Wish wish) {
    Map<Session, String> over = new HashMap<>();
    for (Session session : wish.sessions()) {
      Sessions.standing(view, session)
          .map(NodeStanding::standing)
          .filter(NodeStanding.Standing::over)
          .ifPresent(standing -> over.put(session, standing.name()));
    }
    return over;
  }

  private static Map<NodeName, Session> sessions(View view) {
    Map<NodeName, Session> sessions = new HashMap<>();
    for (NodeStanding each : Sessions.current(view)) {
      sessions.put(each.session().node(), each.session());
    }
    return sessions;
  }
}
