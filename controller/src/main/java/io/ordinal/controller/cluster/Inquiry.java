package io.ordinal.controller.cluster;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What a controller outside has heard of the others, and for how long it has asked them. */
final class Inquiry {
  private record Heard(long number, Duration at) {}

  private final ClusterSettings settings;
  private final Supplier<Duration> elapsed;
  private final Map<Seat, Heard> heard = new HashMap<>();

  /** Of the formation that the store named last. */
  private long recorded;

  private List<ControllerRecord> known = List.of();

  /** Since when the others have been asked without a break. */
  private Optional<Duration> asking = Optional.empty();

  /** The version of the challenge that was read last, and since when it has been the same. */
  private long challenge;

  private Optional<Duration> challengeSince = Optional.empty();

  Inquiry(ClusterSettings settings, Supplier<Duration> elapsed) {
    this.settings = settings;
    this.elapsed = elapsed;
  }

  void heard(FormationMessage.Answer answer) {
    heard.put(answer.seat(), new Heard(answer.number(), elapsed.get()));
  }

  void asks() {
    if (asking.isEmpty()) asking = Optional.of(elapsed.get());
  }

  void asksNoMore() {
    asking = Optional.empty();
  }

  /** Who cannot read the store sees no answer there either. */
  void isBlind() {
    asking = Optional.empty();
    challengeSince = Optional.empty();
  }

  /** What was heard or waited for does not count for another formation, or of other controllers. */
  void read(Records records) {
    if (records.number() != recorded) heard.clear();
    if (records.number() != recorded || !records.controllers().equals(known)) asksNoMore();
    if (records.challengeVersion() != challenge || challengeSince.isEmpty())
      challengeSince = Optional.of(elapsed.get());
    challenge = records.challengeVersion();
    recorded = records.number();
    known = records.controllers();
  }

  FormationPlan.Outside outside(ControllerRecord self, Records records) {
    Duration fresh = settings.askAgain().multipliedBy(4);
    Map<Seat, Long> answers = new HashMap<>();
    heard.forEach(
        (seat, word) -> {
          if (!isPast(Optional.of(word.at()), fresh)) answers.put(seat, word.number());
        });
    return new FormationPlan.Outside(
        self,
        records,
        answers,
        isPast(asking, fresh),
        isPast(challengeSince, settings.foundAfter()));
  }

  private boolean isPast(Optional<Duration> since, Duration most) {
    return since.filter(from -> elapsed.get().minus(from).compareTo(most) > 0).isPresent();
  }
}
