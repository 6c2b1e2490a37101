package io.ordinal.controller.api.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.read.Scope;
import io.ordinal.controller.store.SampleDocuments;
import org.junit.jupiter.api.Test;

class WatcherTest {
  private static final int MOST = 3;

  private final Scope scope = new Scope(SampleDocuments.pod("a", "x").resource(), "a", "");
  private final Watcher watcher = new Watcher(scope, MOST);
  private int woken;

  @Test
  void a_reader_is_woken_once_after_it_found_nothing() {
    watcher.wakes(() -> woken++);
    watcher.reached(1);
    assertThat(woken).as("nobody has asked yet").isZero();
    assertThat(reads()).isEqualTo(1);
    assertThat(watcher.next().feed()).isEmpty();
    watcher.reached(2);
    watcher.reached(3);
    assertThat(woken).isEqualTo(1);
    assertThat(reads()).isEqualTo(2);
    assertThat(reads()).isEqualTo(3);
  }

  @Test
  void what_waited_at_the_end_is_read_before_it() {
    watcher.reached(1);
    watcher.reached(2);
    watcher.end();
    watcher.reached(3);
    assertThat(watcher.next().isLast()).isFalse();
    Watcher.Next last = watcher.next();
    assertThat(last.feed()).contains(new Feed.Reached(2));
    assertThat(last.isLast()).isTrue();
  }

  @Test
  void an_idle_reader_hears_of_the_end() {
    watcher.wakes(() -> woken++);
    assertThat(watcher.next().isLast()).isFalse();
    watcher.end();
    assertThat(woken).isEqualTo(1);
    assertThat(watcher.next()).isEqualTo(new Watcher.Next(java.util.Optional.empty(), true));
  }

  @Test
  void who_lets_too_much_wait_is_given_up() {
    for (int i = 1; i <= MOST + 1; i++) watcher.reached(i);
    assertThat(watcher.next()).isEqualTo(new Watcher.Next(java.util.Optional.empty(), true));
  }

  private long reads() {
    return ((Feed.Reached) watcher.next().feed().orElseThrow()).revision();
  }
}
