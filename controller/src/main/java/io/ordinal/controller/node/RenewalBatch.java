package io.ordinal.controller.node;

import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.model.SessionRecord;
import io.ordinal.controller.node.wire.SessionCodec;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.agent.FrontDoorRequest.Renew;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The renewals of one tick, judged on a linearizable view. Pure. The transaction holds only while
 * every session in it and its lease are what they were, so that none is renewed once it is fenced,
 * and no front door takes back what another one granted.
 *
 * <p>The latest renewal comes from the agent that is there now, unlike an introduction that is
 * handled late: where the two differ the renewal says how the agent is reached.
 *
 * @param granted to be answered once the transaction is committed
 * @param lapsed of sessions that are over or were never in the log
 */
record RenewalBatch(List<Grant> granted, List<Renew> lapsed, Transaction transaction) {
  /**
   * @param resting whether the session rests, as its agent may not know
   */
  record Grant(Renew renewal, boolean resting) {}

  /**
   * @param agent serialized reference of a renewal's agent
   * @param now for people
   */
  static RenewalBatch of(
      View view, Collection<Renew> renewals, Function<Renew, String> agent, Instant now) {
    List<Grant> granted = new ArrayList<>();
    List<Renew> lapsed = new ArrayList<>();
    List<Operation> operations = new ArrayList<>();
    for (Renew renewal : renewals) {
      Optional<Sessions.Entry> goingOn =
          Sessions.record(view, renewal.session())
              .filter(entry -> !entry.record().standing().over());
      if (goingOn.isEmpty()) {
        lapsed.add(renewal);
        continue;
      }
      SessionRecord session = goingOn.get().record();
      RecordKey lease = Sessions.leaseKey(renewal.session());
      long latest = Rests.granted(view, renewal.session());
      granted.add(new Grant(renewal, session.standing() == Standing.RESTING));
      // Agents ask several front doors when one is silent, and what it heard may be handled late.
      boolean late = renewal.sequence() <= latest;
      operations.add(unchanged(goingOn.get(), late ? session.agent() : agent.apply(renewal)));
      operations.add(
          new Operation.PutRecord(
              lease,
              SessionCodec.encodeLease(Math.max(renewal.sequence(), latest), now),
              RecordCondition.at(view.recordVersion(lease))));
    }
    return new RenewalBatch(granted, lapsed, new Transaction(operations));
  }

  private static Operation unchanged(Sessions.Entry entry, String agent) {
    SessionRecord record = entry.record();
    RecordCondition asRead = RecordCondition.at(entry.version());
    if (record.agent().equals(agent)) {
      return new Operation.ExpectRecord(Sessions.key(record.session()), asRead);
    }
    SessionRecord reached = record.reachedAt(record.address(), agent);
    return new Operation.PutRecord(
        Sessions.key(record.session()), SessionCodec.encode(reached), asRead);
  }
}
