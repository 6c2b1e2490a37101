package io.ordinal.controller.replica;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.NodeStanding;
import io.ordinal.controller.node.Sessions;
import io.ordinal.controller.plan.Placement.Taint;
import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.controller.replica.ReplicaState.Stay;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Session;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a replica sees of the session that its life was placed on.
 *
 * @param session as it was placed
 * @param over the session as it stands, if it is over
 * @param next the session that continues it, of the same state directory
 * @param other the session that goes on in the node's name without continuing it
 * @param late what to say of the node if it is not heard of, though its session goes on
 * @param wish whether the life should be fenced, if it is asked
 * @param expelling taints of the node that drive pods away
 * @param spare where a life that waits for its address could go
 * @param lacking what keeps a life that its node has never had from being begun
 */
record StandingSight(
    Session session,
    Optional<NodeStanding> over,
    Optional<NodeStanding> next,
    Optional<NodeStanding> other,
    Optional<String> late,
    Optional<Failover.Wish> wish,
    List<Taint> expelling,
    Set<Session> spare,
    List<Lack> lacking) {
  /**
   * @param stay of this state
   * @param sources of this view
   */
  static StandingSight of(
      View view, ReplicaState state, Stay stay, OrderSources sources, boolean severalControllers) {
    Session session = stay.session();
    Optional<NodeStanding> over =
        Sessions.standing(view, session).filter(found -> found.standing().over());
    if (over.isPresent()) {
      Optional<NodeStanding> present = present(view, session);
      return new StandingSight(
          session,
          over,
          present.filter(each -> continues(each, session)),
          present.filter(each -> !continues(each, session)),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Set.of(),
          List.of());
    }
    return new StandingSight(
        session,
        over,
        Optional.empty(),
        Optional.empty(),
        Sessions.late(view, session),
        state instanceof Placed placed
            ? Optional.of(
                Failover.wish(
                    view, placed.life().pod().object(), placed.claims(), severalControllers))
            : Optional.empty(),
        view.get(ReplicaRecords.node(session.node()))
            .map(ApiObject::of)
            .map(TaintEviction::expelling)
            .orElse(List.of()),
        state instanceof Placed waiting && AddressLack.waits(waiting)
            ? Failover.others(view, session)
            : Set.of(),
        asksForLacks(state) ? Orders.lacks((Placed) state, sources) : List.of());
  }

  /** Whether its node has never said that it has it. */
  static boolean asksForLacks(ReplicaState state) {
    return state instanceof Placed placed
        && placed.stay().noted() == 0
        && !placed.life().pod().object().status().has("podIP")
        && !AddressLack.ran(placed);
  }

  private static Optional<NodeStanding> present(View view, Session session) {
    return Sessions.currentOf(view, session.node())
        .filter(each -> !each.standing().over())
        .filter(each -> each.session().number() > session.number());
  }

  private static boolean continues(NodeStanding later, Session session) {
    return later.session().stateUuid().equals(session.stateUuid());
  }
}
