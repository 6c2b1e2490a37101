package io.ordinal.controller.drill;

import io.ordinal.controller.document.drill.DrillStatus;
import io.ordinal.controller.document.drill.DrillStatus.Moment;
import io.ordinal.controller.document.drill.DrillStatus.ReplicaStatus;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What one controller saw since a drill's fault was sent, in milliseconds of its own clock. Pure:
 * every sight makes a new one.
 *
 * @param traces of the observed replicas
 * @param told what stands in the timeline already, so that nothing is told twice in a row
 */
record Chronicle(Map<ReplicaId, Trace> traces, List<Moment> moments, Set<String> told, int most) {
  static final Chronicle NONE = new Chronicle(Map.of(), List.of(), Set.of(), 0);

  Chronicle {
    traces = Map.copyOf(traces);
    moments = List.copyOf(moments);
    told = Set.copyOf(told);
  }

  /** Of a drill whose fault has just been sent. */
  static Chronicle of(DrillStatus status, int mostMoments) {
    Map<ReplicaId, Trace> traces = new HashMap<>();
    for (ReplicaStatus each : status.replicas()) {
      if (each.before() != null) {
        traces.put(ReplicaId.parse(each.name()), Trace.of(each.before()));
      }
    }
    return new Chronicle(traces, List.of(), Set.of(), mostMoments);
  }

  /** After a pod was seen so, or was seen to be gone. */
  Chronicle pod(ReplicaId replica, Optional<PodSight> pod, long at) {
    Trace before = traces.get(replica);
    if (before == null) return this;
    Trace after = before.saw(pod, at);
    Chronicle next = with(replica, after);
    if (!before.disturbed() && after.disturbed()) next = next.tell(at, replica + " is disturbed");
    if (before.times().fenced() == null && after.times().fenced() != null) {
      next = next.tell(at, "life " + before.before().incarnation() + " of " + replica + " is over");
    }
    if (before.times().placed() == null && after.times().placed() != null) {
      PodSight life = after.seen().orElseThrow();
      next =
          next.tell(
              at,
              "life %s of %s is placed on %s"
                  .formatted(
                      life.incarnation(),
                      replica,
                      life.node().map(NodeName::value).orElse("nowhere")));
    }
    if (after.times().ready() != null && !after.times().ready().equals(before.times().ready())) {
      next = next.tell(at, replica + " is ready again");
    }
    return next;
  }

  /** The node is not heard of any more. */
  Chronicle unheard(NodeName node, long at) {
    return each(node, trace -> trace.unheard(at)).once(at, "node " + node + " is not heard of");
  }

  /** The node is heard of; that is news only if it was not before. */
  Chronicle heard(NodeName node, long at) {
    if (!told.contains("node " + node + " is not heard of")) return this;
    Chronicle next = each(node, trace -> trace.heard(at));
    return next.once(at, "node " + node + " is heard of again");
  }

  /** The session that this node had when the fault was sent is over. */
  Chronicle over(NodeName node, String session, String standing, long at) {
    return each(
            node, trace -> Boolean.TRUE.equals(trace.before().fenced()) ? trace.fenced(at) : trace)
        .once(at, "session " + session + " is " + standing);
  }

  /** Anything else that is worth telling, once. */
  Chronicle once(long at, String what) {
    return told.contains(what) ? this : tell(at, what);
  }

  private Chronicle each(NodeName node, UnaryOperator<Trace> change) {
    Map<ReplicaId, Trace> next = new HashMap<>(traces);
    next.replaceAll(
        (replica, trace) ->
            node.value().equals(trace.before().node()) ? change.apply(trace) : trace);
    return new Chronicle(next, moments, told, most);
  }

  private Chronicle with(ReplicaId replica, Trace trace) {
    Map<ReplicaId, Trace> next = new HashMap<>(traces);
    next.put(replica, trace);
    return new Chronicle(next, moments, told, most);
  }

  private Chronicle tell(long at, String what) {
    if (moments.size() >= most) return this;
    List<Moment> next = new ArrayList<>(moments);
    next.add(new Moment(at, what));
    Set<String> known = new HashSet<>(told);
    known.add(what);
    return new Chronicle(traces, next, known, most);
  }
}
