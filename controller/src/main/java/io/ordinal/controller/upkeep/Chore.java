package io.ordinal.controller.upkeep;

import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Something that follows from objects in the store. Several at once must do no harm: all writes are
 * conditional.
 *
 * @param <S> what a look sees
 */
public interface Chore<S> {
  /** What is kept, for people: {@code "endpoints"}. */
  String what();

  /** The resources whose changes may lead to something. */
  Set<ResourceName> watched();

  /**
   * Looks; on a thread of the store, so that it must not touch what {@link #plan} remembers.
   *
   * @param whole whether everything must be looked at, whatever has changed
   * @param after what has changed since is enough otherwise; if that cannot be told, everything
   */
  S look(View view, boolean whole, Revision after);

  /** What has to be written; never called twice at a time, and in the order of looks. */
  Plan plan(S sight);

  /**
   * What a look leads to.
   *
   * @param at the revision that was looked at
   * @param writes each for itself: one that is refused, since somebody else wrote, holds up no
   *     other and is seen by the next look
   * @param again when time alone makes another look at everything necessary
   */
  record Plan(Revision at, List<Transaction> writes, Optional<Duration> again) {}
}
