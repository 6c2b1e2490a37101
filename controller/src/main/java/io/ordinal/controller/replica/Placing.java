package io.ordinal.controller.replica;

import io.ordinal.controller.replica.ReplicaState.Pending;
import io.ordinal.controller.replica.ReplicaState.Stay;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** What a look for a place does to a pending life. Pure. */
final class Placing {
  private Placing() {}

  /**
   * Something to commit.
   *
   * @param telling tells people, once it is
   */
  record Move(ReplicaState next, Decision decision, Consumer<PodNews> telling) {}

  /** Empty when there is no place still, for the same reason. */
  static Optional<Move> of(Pending pending, Placer.Sighting sighting, Instant now) {
    return sighting instanceof Placer.Fit fit
        ? Optional.of(placed(pending, fit, now))
        : waiting(pending, ((Placer.Nowhere) sighting).why(), now);
  }

  private static Move placed(Pending pending, Placer.Fit fit, Instant now) {
    Stay stay = new Stay(fit.node().session(), fit.failover().fenced(), 0);
    PodDocument there =
        PodPlacement.placed(pending.life().pod(), fit.node(), stay.fence(), fit.failover(), now);
    return new Move(
        pending.place(stay, fit.claims(), there),
        fit.decision(),
        news -> {
          news.scheduled(there, fit.node().session().node().value());
          fit.creations().forEach(each -> news.rebuilt(there, each.object()));
        });
  }

  private static Optional<Move> waiting(Pending pending, String why, Instant now) {
    PodDocument waiting = PodPlacement.unschedulable(pending.life().pod(), why, now);
    if (waiting.equals(pending.life().pod())) return Optional.empty();
    return Optional.of(
        new Move(
            pending.with(pending.life().with(waiting)),
            Decision.PLAIN,
            news -> news.failedScheduling(waiting, why)));
  }
}
