package io.ordinal.agent.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AgentSettingsTest {
  private static final Config REFERENCE = ConfigFactory.parseResources("reference.conf");

  @Test
  void reference_conf_alone_is_enough() {
    AgentSettings settings = AgentSettings.from(ConfigFactory.load());
    assertThat(settings.host().frontDoors()).isEmpty();
    assertThat(settings.host().reserve()).isLessThan(settings.host().politeness());
  }

  @Test
  void every_key_says_what_it_does() {
    assertThat(uncommented("ordinal", REFERENCE.getObject("ordinal.agent"))).isEmpty();
  }

  private static List<String> uncommented(String path, ConfigObject object) {
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
      String key = path + "." + entry.getKey();
      if (entry.getValue().origin().comments().isEmpty()) found.add(key);
      if (entry.getValue() instanceof ConfigObject inner) found.addAll(uncommented(key, inner));
    }
    return found;
  }

  @Test
  void keys_that_contradict_each_other_are_named() {
    Config config =
        ConfigFactory.parseString("ordinal.agent.host { reserve = 9s, politeness = 2s }")
            .withFallback(ConfigFactory.load());
    assertThatThrownBy(() -> AgentSettings.from(config))
        .hasMessageContaining("ordinal.agent.host.reserve (PT9S)")
        .hasMessageContaining("politeness (PT2S)");
  }
}
