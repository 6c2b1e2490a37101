package io.ordinal.controller.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;

class ListSettingsTest {
  private static final Config REFERENCE = ConfigFactory.load().getConfig("ordinal.api.lists");
  private static final long OBJECT_BYTES = 1536 << 10;

  @Test
  void a_large_list_counts_as_it_is_read_and_as_it_is_sent() {
    ListSettings settings = ListSettings.from(REFERENCE, 1 << 30, OBJECT_BYTES);
    assertThat(settings.heldBytes()).isEqualTo(2 * (settings.pieceBytes() + OBJECT_BYTES));
    assertThat(settings.roomBytes()).isEqualTo((long) (0.15 * (1 << 30)));
  }

  @Test
  void there_is_room_for_one_at_least() {
    ListSettings settings = ListSettings.from(REFERENCE, 1 << 20, OBJECT_BYTES);
    assertThat(settings.roomBytes()).isEqualTo(settings.heldBytes());
  }
}
