package io.ordinal.controller.drill;

import io.ordinal.controller.document.drill.DrillStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is known when the next step of a drill is decided.
 *
 * @param ending why somebody wants it to end, for people; empty when nobody does
 */
record DrillView(
    DrillOrder order,
    DrillStatus status,
    Optional<String> ending,
    DrillScene scene,
    Testimony testimony,
    DrillSettings settings,
    Instant now) {
  boolean passed(Instant since, Duration span) {
    return since != null && !since.plus(span).isAfter(now);
  }

  /** Whether everything observed has been ready for as long as the drill asks. */
  boolean steady() {
    return absent().isEmpty()
        && scene.sets().stream().allMatch(set -> set.whole(order.readyFor(), now));
  }

  /** Controllers that cannot be reached, when the drill hits one. */
  List<String> absent() {
    boolean hit =
        status.targets() != null
            && status.targets().stream().map(Spot::member).anyMatch(scene.council()::has);
    return hit ? scene.council().absent() : List.of();
  }

  /** When the fault ends by itself. */
  Instant planned() {
    return status.injectedAt().plus(order.duration());
  }
}
