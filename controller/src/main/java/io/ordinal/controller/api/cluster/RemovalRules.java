package io.ordinal.controller.api.cluster;

import io.ordinal.controller.cluster.ControllerRecord;
import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.model.Verdict.Reason;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Whether a controller may be removed. Pure. */
final class RemovalRules {
  private RemovalRules() {}

  /**
   * A controller with a copy of the store.
   *
   * @param silence why its process does not answer, for people; empty when it does
   */
  record Copy(UUID id, String name, Optional<String> silence) {
    boolean answers() {
      return silence.isEmpty();
    }

    private String absence() {
      return name + " does not answer (" + silence.orElse("") + ")";
    }
  }

  /**
   * @param asked a name, or the id of a copy whose controller never told its name
   */
  static Optional<UUID> target(String asked, Collection<ControllerRecord> known) {
    Optional<UUID> named =
        known.stream()
            .filter(each -> each.name().equals(asked))
            .map(ControllerRecord::id)
            .findFirst();
    if (named.isPresent()) return named;
    try {
      return Optional.of(UUID.fromString(asked));
    } catch (IllegalArgumentException noId) {
      return Optional.empty();
    }
  }

  /** Those that stay must be able to decide without the one that goes. */
  static Verdict<UUID> decide(UUID target, Collection<Copy> copies) {
    if (copies.stream().noneMatch(each -> each.id().equals(target))) {
      return new Verdict.Rejected<>(Reason.NOT_FOUND, "it has no copy of the store");
    }
    if (copies.size() == 1) {
      return new Verdict.Rejected<>(
          Reason.CONFLICT, "the last controller cannot be removed: it has the only copy");
    }
    int staying = copies.size() - 1;
    long answering =
        copies.stream().filter(each -> !each.id().equals(target)).filter(Copy::answers).count();
    if (answering <= staying / 2) {
      return new Verdict.Rejected<>(
          Reason.CONFLICT,
          "of the %d controllers that would stay only %d answer, which is no majority: %s"
              .formatted(staying, answering, absent(target, copies)));
    }
    return new Verdict.Done<>(target);
  }

  private static String absent(UUID target, Collection<Copy> copies) {
    return copies.stream()
        .filter(each -> !each.id().equals(target) && !each.answers())
        .map(Copy::absence)
        .collect(Collectors.joining(", "));
  }
}
