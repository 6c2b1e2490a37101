package io.ordinal.controller.api.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HangUpTest {
  private final HangUp gone = new HangUp();
  private final List<String> told = new ArrayList<>();

  @Test
  void whoever_wished_it_is_told_once() {
    gone.then(() -> told.add("ann"));
    gone.then(() -> told.add("bob"));
    assertThat(told).isEmpty();
    assertThat(gone.hasHappened()).isFalse();
    gone.happen();
    gone.happen();
    assertThat(told).containsExactlyInAnyOrder("ann", "bob");
    assertThat(gone.hasHappened()).isTrue();
    assertThat(gone.wishes()).isZero();
  }

  @Test
  void who_comes_late_is_told_at_once() {
    gone.happen();
    gone.then(() -> told.add("late")).close();
    assertThat(told).containsExactly("late");
    assertThat(gone.wishes()).isZero();
  }

  @Test
  void of_what_was_taken_back_nothing_is_left() {
    HangUp.Wish wish = gone.then(() -> told.add("ann"));
    gone.then(() -> told.add("bob"));
    wish.close();
    wish.close();
    assertThat(gone.wishes()).isEqualTo(1);
    gone.happen();
    assertThat(told).containsExactly("bob");
  }

  @Test
  void one_that_fails_keeps_nothing_from_the_others() {
    for (int i = 0; i < 3; i++) {
      gone.then(() -> told.add("told"));
      gone.then(
          () -> {
            throw new IllegalStateException("broken");
          });
    }
    gone.happen();
    assertThat(told).hasSize(3);
  }

  @Test
  void one_may_take_back_another_while_it_is_told() {
    HangUp.Wish wish = gone.then(() -> told.add("ann"));
    gone.then(wish::close);
    gone.happen();
    assertThat(gone.wishes()).isZero();
  }
}
