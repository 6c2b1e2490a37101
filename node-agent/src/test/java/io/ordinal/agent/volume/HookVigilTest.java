package io.ordinal.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.agent.volume.SharedMark.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** How long the hooks of others are waited for. */
class HookVigilTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final HookVigil vigil = new HookVigil(Duration.ofSeconds(5), now::get);

  private static SharedMark fencing(String run) {
    return new SharedMark("v", 9, "test/a-0", "two", "two", false, Step.OWNER, null, null)
        .fencing(Duration.ofSeconds(60), run);
  }

  private void pass(long seconds) {
    now.updateAndGet(it -> it.plusSeconds(seconds));
  }

  @Test
  void a_hook_has_ended_when_its_time_and_the_grace_are_over_since_it_was_seen() {
    assertThat(vigil.ended(fencing("x"))).isFalse();
    pass(64);
    assertThat(vigil.ended(fencing("x"))).isFalse();
    pass(1);
    assertThat(vigil.ended(fencing("x"))).isTrue();
  }

  @Test
  void another_run_of_the_same_life_is_waited_for_anew() {
    vigil.ended(fencing("x"));
    pass(65);
    assertThat(vigil.ended(fencing("y"))).isFalse();
  }

  @Test
  void a_run_that_no_mark_tells_of_any_more_is_forgotten_its_volume_alone() {
    vigil.ended(fencing("x"));
    pass(65);
    vigil.look("other", List.of());
    vigil.look("v", List.of(fencing("x")));
    assertThat(vigil.ended(fencing("x"))).isTrue();
    vigil.look("v", List.of(fencing("x").intended()));
    assertThat(vigil.ended(fencing("x"))).isFalse();
  }
}
