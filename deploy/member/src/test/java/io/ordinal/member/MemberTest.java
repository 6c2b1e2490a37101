package io.ordinal.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberTest {
  @TempDir private Path directory;

  @Test
  void what_a_former_member_said_at_its_end_is_not_said_again() throws IOException {
    Path images = Files.createDirectory(directory.resolve("images"));
    MemberSettings settings =
        MemberSettings.of(
            ConfigFactory.parseString(
                "ordinal.member { data-directory = \"%s\", images = \"%s\", library = \"%s\","
                        .formatted(directory.resolve("data"), images, directory)
                    + " roles = [node], controllers = [\"127.0.0.1\"], tls = on }"));
    settings.directory().make();
    Path lastStop = settings.directory().lastStop();
    Files.writeString(lastStop, "the session rests\n");
    assertThatThrownBy(() -> Member.start(settings)).hasStackTraceContaining("join first");
    assertThat(lastStop).doesNotExist();
  }
}
