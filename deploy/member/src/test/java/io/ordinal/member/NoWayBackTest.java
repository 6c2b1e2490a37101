package io.ordinal.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOriginFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NoWayBackTest {
  private static final Config NOTHING = ConfigFactory.empty();
  @TempDir private Path directory;

  @Test
  void settings_that_are_not_there_or_wrong_are_for_a_person_to_mend() throws IOException {
    assertThatThrownBy(() -> NoWayBack.orSettings(directory.resolve("none"), NOTHING))
        .isInstanceOf(NoWayBack.class)
        .cause()
        .hasMessageContaining("does not exist");
    assertThatThrownBy(() -> NoWayBack.orSettings(settings("ordinal.member.roles = 7"), NOTHING))
        .isInstanceOf(NoWayBack.class);
    assertThatThrownBy(
            () -> NoWayBack.orSettings(settings("ordinal.member.roles = [king]"), NOTHING))
        .isInstanceOf(NoWayBack.class);
  }

  /** Opening a directory works, reading it fails: as with a disk that does. */
  @Test
  void a_disk_that_fails_meanwhile_may_work_at_the_next_start() {
    Throwable failure = catchThrowable(() -> NoWayBack.orSettings(directory, NOTHING));
    assertThat(failure).isNotNull();
    assertThat(NoWayBack.in(failure)).isFalse();
    Throwable late = new ConfigException.IO(ConfigOriginFactory.newSimple("x"), "read failed");
    assertThat(NoWayBack.in(new IllegalStateException(late))).isFalse();
  }

  @Test
  void a_setting_that_is_missing_is_named_to_whoever_reads_the_log() {
    Throwable missing = catchThrowable(() -> ConfigFactory.empty().getString("ordinal.x"));
    Throwable failure = new IllegalStateException("the controller cannot begin", missing);
    assertThat(NoWayBack.in(failure)).isTrue();
    assertThat(NoWayBack.inWords(failure)).startsWith("the controller cannot begin: ");
    assertThat(NoWayBack.inWords(failure)).contains("for key 'ordinal'").doesNotContain("\n");
    Throwable plain = new RuntimeException(new IllegalStateException());
    assertThat(NoWayBack.inWords(plain)).isEqualTo("java.lang.IllegalStateException");
  }

  private Path settings(String text) throws IOException {
    return Files.writeString(directory.resolve("settings.conf"), text);
  }
}
