package io.ordinal.controller.drill;

import io.ordinal.controller.document.drill.DrillStatus.Requests;
import java.time.Duration;

/**
 * What became of the requests to one replica. Pure; moments are of one monotonic clock.
 *
 * @param served when the last request that was answered had been sent, or when it all began
 * @param gap the longest time between two of those
 */
record Tally(long sent, long lost, Duration served, Duration gap) {
  static Tally from(Duration now) {
    return new Tally(0, 0, now, Duration.ZERO);
  }

  Tally answered(Duration sentAt) {
    if (sentAt.compareTo(served) <= 0) return new Tally(sent + 1, lost, served, gap);
    return new Tally(sent + 1, lost, sentAt, longer(sentAt));
  }

  Tally lost(Duration sentAt) {
    return new Tally(sent + 1, lost + 1, served, longer(sentAt));
  }

  Requests told() {
    return new Requests(sent, lost, gap.toMillis());
  }

  private Duration longer(Duration at) {
    Duration since = at.minus(served);
    return since.compareTo(gap) > 0 ? since : gap;
  }
}
