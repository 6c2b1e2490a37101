package io.ordinal.controller.node;

import io.ordinal.controller.node.wire.SessionCodec;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.agent.FrontDoorRequest.Renew;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The renewals of one tick, judged on a linearizable view. Pure. The transaction holds only while
 * every session in it is what it was, so that none is renewed once it is fenced.
 *
 * @param granted to be answered once the transaction is committed
 * @param lapsed of sessions that are over or were never in the log
 */
record RenewalBatch(List<Renew> granted, List<Renew> lapsed, Transaction transaction) {
  static RenewalBatch of(View view, Collection<Renew> renewals) {
    List<Renew> granted = new ArrayList<>();
    List<Renew> lapsed = new ArrayList<>();
    List<Operation> operations = new ArrayList<>();
    for (Renew renewal : renewals) {
      Optional<Sessions.Entry> ready =
          Sessions.record(view, renewal.session())
              .filter(entry -> !entry.record().standing().over());
      if (ready.isEmpty()) {
        lapsed.add(renewal);
        continue;
      }
      granted.add(renewal);
      operations.add(
          new Operation.ExpectRecord(
              Sessions.key(renewal.session()), RecordCondition.at(ready.get().version())));
      operations.add(
          new Operation.PutRecord(
              Sessions.leaseKey(renewal.session()),
              SessionCodec.encodeLease(renewal.sequence()),
              RecordCondition.ANY));
    }
    return new RenewalBatch(granted, lapsed, new Transaction(operations));
  }
}
