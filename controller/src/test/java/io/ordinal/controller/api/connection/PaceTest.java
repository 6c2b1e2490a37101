package io.ordinal.controller.api.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final ConnectionSettings SETTINGS =
      new ConnectionSettings(
          10,
          1,
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5));

  private final Pace pace = greeted();

  private static Pace greeted() {
    Pace pace = new Pace(0);
    pace.greeted();
    return pace;
  }

  @Test
  void a_handshake_has_to_end_before_the_first_head_has_to() {
    Pace greeting = new Pace(0);
    greeting.heard(at(1));
    assertThat(greeting.isOverdue(SETTINGS, at(2))).isFalse();
    assertThat(greeting.isOverdue(SETTINGS, at(2) + 1)).isTrue();
    greeting.greeted();
    assertThat(greeting.isOverdue(SETTINGS, at(3))).isFalse();
    assertThat(greeting.isOverdue(SETTINGS, at(3) + 1)).isTrue();
  }

  @Test
  void who_was_told_everything_may_not_stay_whatever_was_asked_before() {
    pace.asked(at(1));
    pace.saidAll(at(100));
    pace.saidAll(at(104));
    assertThat(overdue(105)).isFalse();
    assertThat(overdue(106)).isTrue();
    assertThat(pace.rests()).as("closed, not reset").isTrue();
    assertThat(pace.dispensable(at(100))).isNegative();
    assertThat(pace.dispensable(at(102))).isPositive();
    assertThat(pace.isFree(Duration.ofSeconds(1), at(102))).isTrue();
  }

  @Test
  void the_last_bytes_count_as_long_as_they_are_being_taken() {
    pace.saidAll(at(1));
    pace.sending(at(1));
    assertThat(pace.rests()).isFalse();
    assertThat(pace.dispensable(at(3))).isNegative();
    assertThat(pace.isFree(Duration.ofSeconds(1), at(3))).isFalse();
    pace.sent(at(4));
    pace.sending(at(4));
    assertThat(overdue(9)).as("5 s after it took something").isFalse();
    assertThat(overdue(10)).isTrue();
  }

  @Test
  void who_took_the_last_bytes_has_the_whole_farewell_to_close() {
    pace.saidAll(at(1));
    pace.sending(at(1));
    pace.sent(at(4));
    assertThat(pace.dispensable(at(5))).isNegative();
    assertThat(pace.isFree(Duration.ofSeconds(1), at(5))).isFalse();
    assertThat(overdue(9)).isFalse();
    assertThat(overdue(10)).isTrue();
    assertThat(pace.rests()).as("closed, not reset").isTrue();
  }

  @Test
  void the_first_request_has_to_come_in_time_however_many_bytes_do() {
    for (int second = 0; second < 3; second++) pace.heard(at(second));
    assertThat(overdue(3)).isFalse();
    assertThat(overdue(4)).isTrue();
  }

  @Test
  void an_answer_may_take_as_long_as_it_takes() {
    pace.asked(at(1));
    assertThat(overdue(100_000)).isFalse();
  }

  @Test
  void who_asks_ahead_rests_when_everything_is_answered() {
    pace.asked(at(1));
    pace.asked(at(1));
    pace.answered(at(2));
    assertThat(overdue(1_000)).isFalse();
    pace.answered(at(1_000));
    assertThat(overdue(1_061)).isTrue();
  }

  @Test
  void who_rests_may_do_so_for_longer_than_a_head_may_take() {
    pace.asked(at(1));
    pace.answered(at(2));
    assertThat(overdue(62)).isFalse();
    assertThat(overdue(63)).isTrue();
    pace.heard(at(30));
    pace.heard(at(32));
    assertThat(overdue(33)).isFalse();
    assertThat(overdue(34)).isTrue();
  }

  @Test
  void who_takes_nothing_of_what_is_sent_is_overdue_even_while_being_answered() {
    pace.asked(at(1));
    pace.sending(at(5));
    assertThat(overdue(15)).isFalse();
    assertThat(overdue(16)).isTrue();
    pace.sent(at(16));
    assertThat(overdue(16)).isFalse();
  }

  @Test
  void strangers_go_before_those_that_rest_and_nobody_who_asks() {
    Pace resting = new Pace(0);
    resting.asked(at(1));
    resting.answered(at(2));
    Pace asking = new Pace(0);
    asking.asked(at(1));
    long now = at(50_000);
    assertThat(pace.dispensable(now)).isGreaterThan(resting.dispensable(now));
    assertThat(resting.dispensable(now)).isPositive();
    assertThat(asking.dispensable(now)).isNegative();
  }

  @Test
  void who_dawdles_over_a_later_head_goes_after_strangers_and_before_those_that_rest() {
    Pace heading = new Pace(0);
    heading.asked(at(1));
    heading.answered(at(2));
    heading.heard(at(10));
    assertThat(heading.dispensable(at(11))).isNegative();
    long now = at(11) + 1;
    heading.heard(now); // More bytes of the same head.
    Pace resting = new Pace(0);
    resting.asked(at(1));
    resting.answered(at(2));
    assertThat(heading.dispensable(now)).isBetween(resting.dispensable(now), strange(now));
    heading.asked(now);
    assertThat(heading.dispensable(now)).isNegative();
  }

  @Test
  void who_still_takes_an_answer_does_not_rest() {
    pace.asked(at(1));
    pace.sending(at(2));
    pace.answered(at(2));
    assertThat(pace.rests()).isFalse();
    assertThat(pace.dispensable(at(5))).isNegative();
    pace.sent(at(4));
    assertThat(pace.rests()).isTrue();
    assertThat(pace.dispensable(at(5))).isPositive();
  }

  private long strange(long now) {
    return pace.dispensable(now);
  }

  @Test
  void who_came_just_now_goes_after_those_that_rest() {
    Pace resting = new Pace(0);
    resting.asked(at(1));
    resting.answered(at(2));
    assertThat(new Pace(at(9)).dispensable(at(10) - 1)).isLessThan(resting.dispensable(at(10) - 1));
  }

  @Test
  void of_two_strangers_the_older_one_goes() {
    assertThat(pace.dispensable(at(5))).isGreaterThan(new Pace(at(1)).dispensable(at(5)));
  }

  private boolean overdue(long second) {
    return pace.isOverdue(SETTINGS, at(second));
  }

  private static long at(long second) {
    return Duration.ofSeconds(second).toNanos();
  }
}
