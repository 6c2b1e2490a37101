package io.ordinal.controller.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.document.drill.DrillStatus.Requests;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TallyTest {
  private static Duration at(long millis) {
    return Duration.ofMillis(millis);
  }

  @Test
  void the_longest_gap_is_between_two_answers_or_since_the_last_one() {
    Tally tally = Tally.from(at(0)).answered(at(10)).lost(at(20)).lost(at(90));
    assertThat(tally.told()).isEqualTo(new Requests(3L, 2L, 80L));
    assertThat(tally.answered(at(100)).answered(at(105)).told())
        .isEqualTo(new Requests(5L, 2L, 90L));
  }

  @Test
  void answers_out_of_order_shorten_no_gap_and_lose_no_request() {
    for (long seed = 0; seed < 100; seed++) {
      Random random = new Random((seed + 1) * 0x9E3779B97F4A7C15L);
      Tally tally = Tally.from(at(0));
      for (int i = 0; i < 50; i++) {
        Duration sentAt = at(random.nextInt(1000));
        Tally next = random.nextBoolean() ? tally.answered(sentAt) : tally.lost(sentAt);
        assertThat(next.gap()).as("seed %d", seed).isGreaterThanOrEqualTo(tally.gap());
        assertThat(next.sent()).isEqualTo(tally.sent() + 1);
        tally = next;
      }
    }
  }
}
