package io.ordinal.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.member.directory.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchTest {
  @Test
  void the_last_words_are_of_the_member_that_was_started_and_of_none_before(@TempDir Path place)
      throws IOException, InterruptedException {
    Launch launch = new Launch(new DataDirectory(place));
    Files.createDirectories(launch.output().getParent());
    Files.writeString(launch.output(), "line of an earlier one\nerror: of an earlier one\n");
    assertThat(launch.lastWords()).isEmpty();
    assertThat(launch.start().waitFor()).as("it has no configuration").isNotZero();
    assertThat(launch.lastWords())
        .contains("member.conf", "(more in " + launch.output() + ")")
        .doesNotContain("earlier");
    assertThat(Files.readString(launch.output())).as("is kept").contains("of an earlier one");
  }
}
