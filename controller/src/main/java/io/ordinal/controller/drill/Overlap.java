package io.ordinal.controller.drill;

import io.ordinal.controller.document.drill.DrillStatus.Life;
import io.ordinal.controller.document.drill.DrillStatus.Times;
import io.ordinal.protocol.id.ReplicaId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * For how long two lives of one identity ran at once, and how that is known. Pure.
 *
 * <p>The nodes' words are the strongest: when the last process of a life ended and the first one of
 * the next began, by the clocks of their machines (which two machines must agree on for this to
 * mean anything). A life whose node never came back to tell was fenced: then its session was over
 * before the next life was placed, by the order of the log, and the lease is what ended it.
 *
 * @param millis empty when nothing is known
 */
record Overlap(Optional<Long> millis, List<String> evidence) {
  Overlap {
    evidence = List.copyOf(evidence);
  }

  static Overlap of(
      ReplicaId replica, Life before, Life after, Times times, List<LifeEvidence> all) {
    if (after == null || before.incarnation().equals(after.incarnation())) {
      return new Overlap(Optional.of(0L), List.of("the same life"));
    }
    List<LifeEvidence> lives =
        all.stream()
            .filter(each -> each.replica().equals(replica))
            .filter(each -> each.incarnation().value() >= before.incarnation())
            .sorted(Comparator.comparing(LifeEvidence::incarnation))
            .toList();
    List<String> told = new ArrayList<>();
    Optional<Long> most = Optional.empty();
    for (int i = 0; i + 1 < lives.size(); i++) {
      Optional<Long> found = between(lives.get(i), lives.get(i + 1), told);
      if (found.isPresent() && found.get() > most.orElse(-1L)) most = found;
    }
    if (times.fenced() != null && times.placed() != null) {
      boolean inOrder = times.fenced() <= times.placed();
      told.add(
          "life %d was over at %d ms and the next placed at %d ms, by the log"
              .formatted(before.incarnation(), times.fenced(), times.placed()));
      long logged = inOrder ? 0 : times.fenced() - times.placed();
      if (logged > most.orElse(-1L)) most = Optional.of(logged);
    }
    return new Overlap(most, told);
  }

  private static Optional<Long> between(LifeEvidence one, LifeEvidence next, List<String> told) {
    if (one.ended().isEmpty() || next.started().isEmpty()) return Optional.empty();
    Instant end = one.ended().get();
    Instant start = next.started().get();
    long gap = Duration.between(end, start).toMillis();
    told.add(
        "processes of life %s ended on %s %d ms %s those of life %s began on %s, by their nodes"
            .formatted(
                one.incarnation(),
                one.node(),
                Math.abs(gap),
                gap < 0 ? "after" : "before",
                next.incarnation(),
                next.node()));
    return Optional.of(Math.max(0, -gap));
  }
}
