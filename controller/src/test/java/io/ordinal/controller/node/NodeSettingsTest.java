package io.ordinal.controller.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeSettingsTest {
  @Test
  void the_defaults_leave_room_to_move_a_replica_within_fifteen_seconds() {
    NodeSettings settings = NodeFixtures.settings("");
    assertThat(settings.patience(settings.lease()).plus(settings.look()))
        .isLessThan(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @CsvSource({
    "late = 6s, late",
    "look = 3s, look",
    "renewal-tick = 3s, renewal-tick",
    "margin = 0s, margin",
    "attempts = 0, attempts"
  })
  void settings_that_contradict_each_other_are_refused_by_name(String line, String key) {
    assertThatThrownBy(() -> NodeFixtures.settings(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ordinal.nodes." + key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ordinal.nodes", "ordinal.events"})
  void every_key_says_what_it_does(String section) {
    Config config = ConfigFactory.defaultReference().getConfig(section);
    assertThat(config.entrySet()).isNotEmpty();
    assertThat(config.entrySet())
        .allSatisfy(
            entry ->
                assertThat(entry.getValue().origin().comments()).as(entry.getKey()).isNotEmpty());
  }
}
