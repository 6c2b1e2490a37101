package io.ordinal.controller.set;

import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.id.Term;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Takes terms: the version of a record that is written once with each activation. */
final class Terms {
  private Terms() {}

  /**
   * The next term, once it is committed. Fails when somebody else took it meanwhile, or the store
   * is not available.
   *
   * @param office must hold for a term to be taken
   * @param holder for people who read the record
   */
  static CompletionStage<Term> take(ObjectStore store, Supplier<Operation> office, String holder) {
    byte[] value = holder.getBytes(StandardCharsets.UTF_8);
    return store
        .read(Freshness.LINEARIZABLE, view -> view.recordVersion(SetLook.TERM))
        .thenCompose(
            version ->
                store
                    .commit(
                        Transaction.of(
                            office.get(),
                            new Operation.PutRecord(
                                SetLook.TERM, value, RecordCondition.at(version))))
                    .thenApply(outcome -> taken(outcome, version + 1)));
  }

  private static Term taken(Outcome outcome, long next) {
    if (outcome instanceof Outcome.Refused refused) {
      throw new StoreUnavailable("term " + next + " was not given: " + refused.found(), null);
    }
    return new Term(next);
  }
}
