package io.ordinal.controller.store;

import io.ordinal.protocol.id.Revision;
import java.util.List;

/** What became of a transaction. */
public sealed interface Outcome {
  /**
   * Durable on a majority and applied here.
   *
   * @param revisions one for each operation, in their order; {@link Revision#ZERO} for those that
   *     took none
   * @param at the store's revision after this transaction
   */
  record Committed(List<Revision> revisions, Revision at) implements Outcome {}

  /**
   * Nothing was changed.
   *
   * @param operation index of the first operation whose condition did not hold
   * @param found what stood there instead, for people
   * @param revision of the object found there, {@link Revision#ZERO} when there is none or it is a
   *     record
   */
  record Refused(int operation, String found, Revision revision) implements Outcome {}
}
