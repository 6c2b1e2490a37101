package io.ordinal.controller.api.write;

import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Draft;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.id.Revision;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Writes objects by transactions, on the condition that nothing changed since they were read. */
final class StoreSink implements Sink {
  private final ObjectStore store;
  private final long limitBytes;

  StoreSink(ObjectStore store, long limitBytes) {
    this.store = store;
    this.limitBytes = limitBytes;
  }

  @Override
  public CompletionStage<Written> create(
      ResourceKind kind, ObjectKey key, ApiObject object, Optional<StoredObject> namespace) {
    Draft draft = draft(object);
    Operation put = new Operation.Put(key, draft, Condition.ABSENT);
    Transaction transaction =
        namespace
            .map(found -> Transaction.of(put, unchanged(found)))
            .orElseGet(() -> Transaction.of(put));
    return commit(
        transaction,
        revision -> filled(draft, revision),
        refused -> refused.operation() == 0 ? new Written.Taken() : new Written.Raced());
  }

  @Override
  public CompletionStage<Written> update(ResourceKind kind, StoredObject old, ApiObject next) {
    Draft draft = draft(next);
    Condition condition = Condition.at(old.revision());
    return commit(
        Transaction.of(new Operation.Put(old.key(), draft, condition)),
        revision -> filled(draft, revision),
        refused -> new Written.Raced());
  }

  @Override
  public CompletionStage<Written> remove(ResourceKind kind, StoredObject old, ApiObject last) {
    Draft draft = draft(last);
    Condition condition = Condition.at(old.revision());
    return commit(
        Transaction.of(new Operation.Delete(old.key(), condition)),
        revision -> filled(draft, revision),
        refused -> new Written.Raced());
  }

  private CompletionStage<Written> commit(
      Transaction transaction,
      Function<Revision, byte[]> document,
      Function<Outcome.Refused, Written> refused) {
    return store
        .commit(transaction)
        .thenApply(
            outcome -> {
              if (outcome instanceof Outcome.Committed committed) {
                return new Written.Done(document.apply(committed.revisions().get(0)));
              }
              return refused.apply((Outcome.Refused) outcome);
            });
  }

  private Draft draft(ApiObject object) {
    Draft draft = object.draft();
    if (draft.bytes().length > limitBytes) throw Refusal.tooLarge(limitBytes);
    return draft;
  }

  private static Operation unchanged(StoredObject object) {
    return new Operation.Expect(object.key(), Condition.at(object.revision()));
  }

  /** The document as the store has it: the revision stands in its hole. */
  private static byte[] filled(Draft draft, Revision revision) {
    byte[] digits = revision.toString().getBytes(StandardCharsets.US_ASCII);
    byte[] filled = new byte[draft.bytes().length + digits.length];
    System.arraycopy(draft.bytes(), 0, filled, 0, draft.hole());
    System.arraycopy(digits, 0, filled, draft.hole(), digits.length);
    System.arraycopy(
        draft.bytes(),
        draft.hole(),
        filled,
        draft.hole() + digits.length,
        draft.bytes().length - draft.hole());
    return filled;
  }
}
