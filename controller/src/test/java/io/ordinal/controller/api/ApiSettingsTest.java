package io.ordinal.controller.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;

class ApiSettingsTest {
  private static final Config REFERENCE = ConfigFactory.load().getConfig("ordinal.api");

  @Test
  void the_reference_alone_is_enough() {
    ApiSettings settings = ApiSettings.from(REFERENCE);
    assertThat(settings.bindAddress()).isEqualTo("127.0.0.1");
    assertThat(settings.write().objectLimitBytes()).isEqualTo(1536 * 1024);
  }

  @Test
  void settings_that_contradict_each_other_are_refused_by_their_names() {
    refused("body-limit = 1 MiB", "ordinal.api.body-limit");
    refused("watch.shortest = 2h", "ordinal.api.watch.shortest");
    refused("watch.buffer = 0", "ordinal.api.watch.buffer");
    refused("log.piece = 1 B", "ordinal.api.log.piece");
    refused("wait-patience = 40s", "ordinal.api.wait-patience");
    refused("large-in-flight = 0", "ordinal.api.large-in-flight");
    refused("port = 70000", "ordinal.api.port");
  }

  @Test
  void who_answers_without_end_may_let_wait_for_long() {
    String patient = "wait-patience = 40s, http.server.request-timeout = infinite";
    ApiSettings settings =
        ApiSettings.from(ConfigFactory.parseString(patient).withFallback(REFERENCE));
    assertThat(settings.load().writes().patience()).hasSeconds(40);
    assertThat(settings.load().writes().large()).isEqualTo(2);
  }

  private static void refused(String override, String key) {
    Config config = ConfigFactory.parseString(override).withFallback(REFERENCE);
    assertThatThrownBy(() -> ApiSettings.from(config)).hasMessageContaining(key);
  }
}
