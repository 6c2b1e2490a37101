package io.ordinal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.call.HangUp;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReturningTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private final Returning returning = new Returning();

  @Test
  void who_comes_back_has_waited_since_the_first_time_once() {
    returning.note(asked("ann", 1), 5, 7);
    assertThat(returning.since(asked("bob", 1), 10)).isEqualTo(10);
    assertThat(returning.since(asked("ann", 2), 10)).isEqualTo(10);
    assertThat(returning.since(asked("ann", 1), 10)).isEqualTo(5);
    assertThat(returning.since(asked("ann", 1), 10)).isEqualTo(10);
    assertThat(returning.size()).isZero();
  }

  @Test
  void one_that_never_came_back_does_not_stand_before_one_that_does() {
    returning.note(asked("ann", 1), 0, 0);
    returning.note(asked("ann", 1), 29 * SECOND, 29 * SECOND);
    assertThat(returning.since(asked("ann", 1), 30 * SECOND)).isEqualTo(29 * SECOND);
    assertThat(returning.size()).isZero();
  }

  @Test
  void a_user_who_is_refused_very_often_makes_nobody_else_forgotten() {
    returning.note(asked("ann", 1), 1, 1);
    for (int i = 0; i < 10_000; i++) returning.note(asked("storm", i), i, i);
    assertThat(returning.size()).isEqualTo(4096);
    assertThat(returning.since(asked("ann", 1), SECOND)).isEqualTo(1);
    assertThat(returning.since(asked("storm", 9_999), SECOND)).isEqualTo(9_999);
    assertThat(returning.since(asked("storm", 0), SECOND)).isEqualTo(SECOND);
  }

  @Test
  void what_it_remembers_of_many_users_is_bounded_too() {
    for (int i = 0; i < 5_000; i++) returning.note(asked("user " + i, i), i, i);
    assertThat(returning.size()).isEqualTo(4096);
    assertThat(returning.since(asked("user 4999", 4999), SECOND)).isEqualTo(4999);
  }

  private static Asked asked(String user, int likeness) {
    return new Asked(user, Optional.empty(), false, new HangUp(), () -> likeness);
  }
}
