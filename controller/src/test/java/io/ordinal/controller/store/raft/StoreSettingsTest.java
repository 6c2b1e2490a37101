package io.ordinal.controller.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import org.junit.jupiter.api.Test;

final class StoreSettingsTest {
  private static final Config SHIPPED =
      ConfigFactory.parseResources("reference.conf").getConfig("ordinal.store");

  @Test
  void the_settings_as_shipped_are_enough() {
    StoreSettings settings = StoreSettings.from(SHIPPED);
    assertThat(settings.fsync()).isTrue();
    assertThat(settings.batch()).isEqualTo(new StoreSettings.Batch(512 << 10, 1024, 2));
  }

  @Test
  void every_key_says_what_it_does() {
    assertThat(commented(SHIPPED.root())).isGreaterThan(20);
  }

  private static int commented(ConfigObject section) {
    int count = 0;
    for (var entry : section.entrySet()) {
      ConfigValue value = entry.getValue();
      assertThat(value.origin().comments()).as(entry.getKey()).isNotEmpty();
      count += value instanceof ConfigObject deeper ? commented(deeper) : 1;
    }
    return count;
  }

  @Test
  void senseless_values_are_named() {
    assertThatThrownBy(() -> TestSettings.with("batch.in-flight = 0"))
        .hasMessage("ordinal.store.batch.in-flight (0) must be at least 1");
    assertThat(TestSettings.with("batch.in-flight = 16").batch().inFlight()).isEqualTo(16);
    assertThatThrownBy(() -> TestSettings.with("batch.in-flight = 17"))
        .hasMessageStartingWith("ordinal.store.batch.in-flight (17) must be at most 16");
    assertThatThrownBy(() -> TestSettings.with("port = 70000"))
        .hasMessageContaining("ordinal.store.port (70000)");
    assertThatThrownBy(() -> TestSettings.with("timing.election-min = 2s"))
        .hasMessageContaining("ordinal.store.timing.election-min");
    assertThatThrownBy(() -> TestSettings.with("rocks.cache = 1"))
        .hasMessageContaining("ordinal.store.rocks.cache");
  }
}
