package io.ordinal.controller.replica;

import io.ordinal.controller.model.NodeStanding;
import io.ordinal.controller.node.Sessions;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Session;
import java.util.Optional;

/**
 * What a replica sees of the session that its life was placed on.
 *
 * @param over the session as it stands, if it is over
 * @param next the session that continues it, of the same state directory
 */
record StandingSight(Optional<NodeStanding> over, Optional<NodeStanding> next) {
  static StandingSight of(View view, Session session) {
    Optional<NodeStanding> over =
        Sessions.standing(view, session).filter(found -> found.standing().over());
    if (over.isEmpty()) return new StandingSight(over, Optional.empty());
    Optional<NodeStanding> next =
        Sessions.current(view).stream()
            .filter(each -> !each.standing().over())
            .filter(each -> each.session().node().equals(session.node()))
            .filter(each -> each.session().stateUuid().equals(session.stateUuid()))
            .filter(each -> each.session().number() > session.number())
            .findFirst();
    return new StandingSight(over, next);
  }
}
