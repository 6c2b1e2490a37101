package io.ordinal.agent.driver.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.agent.driver.RunStatus.Running;
import io.ordinal.agent.driver.process.MarkerScan.Marked;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StraySearchTest {
  /** No process has this number; to the search it is one that SIGKILL does not end. */
  private static final Marked STRAY =
      new Marked(new ProcessIdentity(Integer.MAX_VALUE, 1), "marker");

  @Test
  void gives_up_on_a_process_that_cannot_be_killed() {
    assertThatThrownBy(
            () ->
                StraySearch.end(() -> List.of(STRAY), Duration.ofMillis(50), Duration.ofMillis(1)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(Integer.toString(Integer.MAX_VALUE));
  }

  @Test
  void names_a_process_once_that_took_several_rounds_to_die() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    List<Running> ended =
        StraySearch.end(
            () -> looks.incrementAndGet() <= 3 ? List.of(STRAY) : List.of(),
            Duration.ofSeconds(10),
            Duration.ofMillis(1));
    assertThat(ended).extracting(Running::pid).containsExactly((long) Integer.MAX_VALUE);
  }
}
