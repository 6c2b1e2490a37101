package io.ordinal.controller.api.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionSettingsTest {
  private static final long MIB = 1 << 20;
  private static final Config OURS =
      ConfigFactory.parseString(
          "most = 16384, share-of-heap = 0.4, share-of-files = 0.75, share-of-processors = 0.5, bytes-each = 128 KiB,"
              + " handshake = 10s, head = 30s, rest = 3m, stall = 1m, farewell = 30s");

  @Test
  void a_large_machine_has_as_many_as_are_asked_for() {
    assertThat(most(6_000 * MIB, 524_288)).isEqualTo(16_384);
  }

  @Test
  void a_small_heap_has_fewer() {
    assertThat(most(512 * MIB, 524_288)).isEqualTo(1_638);
  }

  @Test
  void the_store_keeps_files_for_itself() {
    assertThat(most(6_000 * MIB, 4_096)).isEqualTo(3_072);
  }

  @Test
  void handshakes_leave_processors_to_others() {
    for (int processors : new int[] {1, 2, 3, 8}) {
      assertThat(ConnectionSettings.from(OURS, MIB, 1, processors).handshakes())
          .isEqualTo(Math.max(1, processors / 2));
    }
  }

  @Test
  void a_share_is_more_than_nothing_and_at_most_the_whole() {
    for (String key : List.of("share-of-heap", "share-of-files", "share-of-processors")) {
      for (String share : new String[] {"0", "-0.1", "1.1"}) {
        Config wrong = ConfigFactory.parseString(key + " = " + share).withFallback(OURS);
        assertThatThrownBy(() -> ConnectionSettings.from(wrong, MIB, 1, 1))
            .hasMessageStartingWith("ordinal.api.connections." + key + " must be above 0");
      }
    }
  }

  private static int most(long heapBytes, long files) {
    return ConnectionSettings.from(OURS, heapBytes, files, 2).most();
  }
}
