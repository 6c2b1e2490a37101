package io.ordinal.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
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

  @Test
  void that_a_member_cannot_go_on_is_an_error_in_the_log_whether_for_good_or_not() {
    try (Lines lines = Lines.of(Member.class)) {
      Member.tell(new NoWayBack("this controller was removed from the cluster", null));
      Member.tell(new IllegalStateException("the disk failed"));
      assertThat(lines.told(Level.ERROR)).hasSize(2);
      assertThat(lines.told(Level.ERROR).get(0))
          .startsWith("the member ends for good")
          .contains("was removed from the cluster");
    }
  }
}
