package io.ordinal.controller.api.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {
  @TempDir Path directory;

  @Test
  void a_full_file_is_put_aside_and_the_oldest_goes() throws Exception {
    Path path = directory.resolve("audit.log");
    try (AuditFile file =
        new AuditFile(new AuditSettings(Optional.of(path), 10, 2, 1, Duration.ofSeconds(2)))) {
      for (String each : new String[] {"first\n", "second\n", "third\n", "fourth\n"}) {
        write(file, each);
      }
    }
    assertThat(path).hasContent("fourth");
    assertThat(directory.resolve("audit.log.1")).hasContent("third");
    assertThat(directory.resolve("audit.log.2")).hasContent("second");
    assertThat(directory.resolve("audit.log.3")).doesNotExist();
  }

  @Test
  void lines_go_on_in_a_new_file_when_somebody_moved_it_away() throws Exception {
    Path path = directory.resolve("audit.log");
    try (AuditFile file =
        new AuditFile(new AuditSettings(Optional.of(path), 1000, 2, 1, Duration.ofSeconds(2)))) {
      write(file, "first\n");
      Files.move(path, directory.resolve("taken"));
      write(file, "second\n");
    }
    assertThat(path).hasContent("second");
  }

  @Test
  void the_words_of_commands_and_tokens_are_not_shown() {
    assertThat(ShownAddress.shown("command=redis-cli&command=-a%20pw&stdin=true&token=x"))
        .isEqualTo("command=REDACTED&command=REDACTED&stdin=true&token=REDACTED");
  }

  @Test
  void a_secret_is_known_however_its_key_is_written() {
    assertThat(ShownAddress.shown("c%6Fmmand=psql&c%6fmmand=-W&stdin=true&%ZZ=x"))
        .isEqualTo("c%6Fmmand=REDACTED&c%6fmmand=REDACTED&stdin=true&%ZZ=REDACTED");
  }

  @Test
  void a_file_that_others_may_read_is_closed_to_them() throws Exception {
    Path path = Files.writeString(directory.resolve("audit.log"), "former\n");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
    try (AuditFile file =
        new AuditFile(new AuditSettings(Optional.of(path), 1000, 2, 1, Duration.ofSeconds(2)))) {
      write(file, "first\n");
    }
    assertThat(path).hasContent("former\nfirst");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_relative_path_is_refused() {
    assertThatThrownBy(
            () ->
                new AuditSettings(
                    Optional.of(Path.of("audit.log")), 1, 1, 1, Duration.ofSeconds(2)))
        .hasMessageContaining("ordinal.api.audit.file must be an absolute path");
  }

  private static void write(AuditFile file, String line) throws IOException {
    file.write(line.getBytes(StandardCharsets.UTF_8));
  }
}
