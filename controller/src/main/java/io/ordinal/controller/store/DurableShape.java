package io.ordinal.controller.store;

import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * How the state of a durable actor stands in the store: as a private record, and as what is written
 * along with it in the same transaction. Written beside the actor, called by the adapter that keeps
 * its state; must be thread safe.
 *
 * @param <S> what the actor persists
 */
public interface DurableShape<S> {
  /**
   * A write as it was decided on one view.
   *
   * @param record the record's new value; empty to delete it, its version goes on counting
   * @param operations what else belongs to the transaction
   * @param racing whether the refusal of this operation (by its index in {@code operations}) only
   *     means that somebody else wrote in between, so that planning again helps
   */
  record Writing(Optional<byte[]> record, List<Operation> operations, IntPredicate racing) {}

  RecordKey key(String persistenceId);

  /**
   * What turns the store as it is in the view into what the state says. Called again after a race.
   *
   * @throws DurableWriteRefused when no write can do that any more
   */
  Writing plan(View view, S next);

  /** What an actor begins with; empty for its own empty state. */
  Optional<S> recovered(View view, RecordKey key, Optional<StoredRecord> record);

  /** The writing planned last for this state is durable; called before the actor goes on. */
  void committed(S next, Writing writing, Outcome.Committed outcome);

  /**
   * The state was not written, or that is not known; called before the actor fails. A {@link
   * DurableWriteRefused} says that it was surely not written.
   */
  void failed(S next, Throwable cause);
}
