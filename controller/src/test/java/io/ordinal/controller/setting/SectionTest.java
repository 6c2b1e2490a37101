package io.ordinal.controller.setting;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SectionTest {
  private static final Section SECTION = new Section("ordinal.here");

  @Test
  void what_is_wrong_is_said_by_the_full_names_of_keys() {
    assertThatThrownBy(() -> SECTION.positive("pause", Duration.ZERO))
        .hasMessage("ordinal.here.pause must be positive, is PT0S");
    assertThatThrownBy(() -> SECTION.positive("most", 0))
        .hasMessage("ordinal.here.most must be positive, is 0");
    assertThatThrownBy(() -> SECTION.atMost("batch", 3, "queue", 2))
        .hasMessage("ordinal.here.batch (3) must not exceed queue (2)");
    assertThatThrownBy(
            () -> SECTION.below("late", Duration.ofSeconds(1), "lease", Duration.ofSeconds(1)))
        .hasMessage("ordinal.here.late (PT1S) must be below lease (PT1S)");
  }

  @Test
  void what_is_right_passes() {
    SECTION.positive("pause", Duration.ofMillis(1));
    SECTION.positive("most", 1);
    SECTION.atMost("batch", 2, "queue", 2);
    SECTION.below("late", Duration.ZERO, "lease", Duration.ofSeconds(1));
  }
}
