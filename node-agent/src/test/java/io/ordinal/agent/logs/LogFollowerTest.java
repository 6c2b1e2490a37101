package io.ordinal.agent.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFollowerTest {
  @TempDir Path directory;
  private LogFollower follower;

  @BeforeEach
  void follow() throws IOException {
    Path log = Files.writeString(directory.resolve("log"), "before ");
    follower = new LogFollower(log, Duration.ofMillis(1));
    Files.writeString(log, "after", StandardOpenOption.APPEND);
  }

  @Test
  void what_is_written_from_now_on_is_read_to_the_end_of_the_run() throws IOException {
    follower.runEnded();
    assertThat(follower.readAllBytes()).asString().isEqualTo("after");
  }

  @Test
  void a_closed_one_holds_no_file_although_nobody_reads_on() throws IOException {
    assertThat(openFiles()).isEqualTo(1);
    follower.close();
    assertThat(openFiles()).isZero();
    assertThat(follower.read()).isEqualTo(-1);
  }

  private long openFiles() throws IOException {
    long open = 0;
    try (var files = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path file : files) {
        // Those of others come and go meanwhile.
        if (Files.exists(file) && Files.isSameFile(file, directory.resolve("log"))) open++;
      }
    }
    return open;
  }
}
