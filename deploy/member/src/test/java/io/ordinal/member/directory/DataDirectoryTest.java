package io.ordinal.member.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.member.MemberSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path root;

  @Test
  void commands_find_the_settings_of_a_member_that_was_started_with_another_file()
      throws Exception {
    DataDirectory directory = new DataDirectory(root.resolve("data"));
    Path file = root.resolve("ordinal.conf");
    for (int port : new int[] {7001, 7002}) {
      Files.writeString(
          file,
          "ordinal { member.data-directory = \"%s\", api.port = %d }"
              .formatted(directory.path(), port));
      assertThat(directory.follow(file)).isTrue();
      assertThat(MemberSettings.load(directory.configuration()).apiUrl()).endsWith(":" + port);
    }
  }

  @Test
  void a_directory_whose_configuration_is_its_own_keeps_it() throws Exception {
    DataDirectory directory = new DataDirectory(root.resolve("data"));
    directory.prepare(new Random(1));
    String own = Files.readString(directory.configuration());
    Path file = Files.writeString(root.resolve("ordinal.conf"), "ordinal.api.port = 7001");
    assertThat(directory.follow(file)).isFalse();
    assertThat(directory.follow(directory.configuration())).isTrue();
    assertThat(Files.readString(directory.configuration())).isEqualTo(own);
  }
}
