package io.ordinal.controller.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {
  @ParameterizedTest
  @CsvSource({
    "* * * * *, 2026-11-21T03:00:30Z, 2026-11-21T03:01:00Z",
    "0 3 * * *, 2026-11-21T03:00:00Z, 2026-11-22T03:00:00Z",
    "*/15 * * * *, 2026-11-21T03:16:00Z, 2026-11-21T03:30:00Z",
    "5-10/5 1 * * *, 2026-11-21T01:05:00Z, 2026-11-21T01:10:00Z",
    "0 0 1 1 *, 2026-11-21T03:00:00Z, 2027-01-01T00:00:00Z",
    "0 9 * * mon, 2026-11-21T03:00:00Z, 2026-11-23T09:00:00Z",
    "0 9 * * 7, 2026-11-21T03:00:00Z, 2026-11-22T09:00:00Z",
    "0 0 29 feb *, 2026-11-21T03:00:00Z, 2028-02-29T00:00:00Z",
    "0 0 13 * fri, 2026-11-21T03:00:00Z, 2026-11-27T00:00:00Z"
  })
  void tells_the_next_minute(String schedule, String moment, String next) {
    assertThat(CronSchedule.parse(schedule).after(Instant.parse(moment)))
        .contains(Instant.parse(next));
  }

  @Test
  void tells_when_there_is_none() {
    assertThat(CronSchedule.parse("0 0 30 2 *").after(Instant.EPOCH)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * * 13 *",
        "a * * * *",
        "5-1 * * * *",
        "*/0 * * * *",
        "1/2/3 * * * *",
        "1,,2 * * * *",
        "* * * * 8"
      })
  void refuses_what_is_no_schedule(String text) {
    assertThatThrownBy(() -> CronSchedule.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void never_tells_the_same_minute_twice_and_never_one_of_the_past() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random((seed + 1) * 0x9E3779B97F4A7C15L);
      String text =
          "%d-59/%d */%d * * *"
              .formatted(random.nextInt(60), 1 + random.nextInt(20), 1 + random.nextInt(5));
      CronSchedule schedule = CronSchedule.parse(text);
      Instant moment = Instant.ofEpochSecond(random.nextInt(2_000_000_000));
      Instant first = schedule.after(moment).orElseThrow();
      assertThat(first).as("seed %d", seed).isAfter(moment);
      assertThat(schedule.after(first).orElseThrow()).as("seed %d", seed).isAfter(first);
      assertThat(schedule.after(first.minusSeconds(60)).orElseThrow()).isEqualTo(first);
    }
  }
}
