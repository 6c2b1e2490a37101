package io.ordinal.tests.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.ordinal.member.MemberSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  /** Sections below are those of the library that reads them. */
  private static final String OF_OTHERS = "ordinal.api.http.";

  @Test
  void the_defaults_alone_are_enough() {
    assertThat(MemberSettings.of(ConfigFactory.empty()).roles()).isNotEmpty();
  }

  @Test
  void no_setting_is_without_a_comment() {
    Config defaults = ConfigFactory.defaultReferenceUnresolved();
    List<String> silent = new ArrayList<>();
    collectSilent("ordinal", defaults.root().get("ordinal"), silent);
    assertThat(silent).isEmpty();
  }

  @Test
  void the_files_that_are_shipped_name_no_key_that_nothing_reads() {
    Path deploy = Path.of("..").toAbsolutePath().normalize();
    Config place =
        ConfigFactory.parseString("ordinal.member { images = /i, library = /l, tls = off }");
    for (String file : List.of("conf/ordinal.conf", "bench/fast.conf")) {
      assertThat(MemberSettings.checked(deploy.resolve(file), place).roles()).isNotEmpty();
    }
  }

  private static void collectSilent(String path, ConfigValue value, List<String> silent) {
    if (value instanceof ConfigObject object) {
      boolean section = path.split("\\.").length > 2 && !path.startsWith(OF_OTHERS);
      if (section && object.origin().comments().isEmpty()) silent.add(path);
      for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
        collectSilent(path + "." + entry.getKey(), entry.getValue(), silent);
      }
    } else if (value.origin().comments().isEmpty()) {
      silent.add(path);
    }
  }
}
