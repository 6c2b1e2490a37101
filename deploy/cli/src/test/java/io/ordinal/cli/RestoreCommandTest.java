package io.ordinal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.member.directory.DataDirectory;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RestoreCommandTest {
  @TempDir private Path place;
  private final StringWriter err = new StringWriter();

  /** What a member made that began meanwhile would go with what a failed restore takes back. */
  @Test
  void no_member_begins_in_the_directory_while_it_is_restored() throws Exception {
    DataDirectory directory = new DataDirectory(place.resolve("data"));
    Path backup = place.resolve("backup"); // Restoring waits for somebody to write it.
    assertThat(new ProcessBuilder("mkfifo", backup.toString()).start().waitFor()).isZero();
    CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> restore(backup));
    await().atMost(Duration.ofSeconds(30)).until(() -> directory.member().isPresent());
    try (OutputStream out = Files.newOutputStream(backup)) {
      assertThat(directory.member()).isPresent();
      out.write("no backup".getBytes(StandardCharsets.US_ASCII));
    }
    assertThat(code.get(30, TimeUnit.SECONDS)).isEqualTo(1);
    assertThat(err.toString()).contains("error: " + backup + ": ");
    assertThat(directory.path()).doesNotExist();
  }

  private int restore(Path backup) {
    CommandLine line = Ordinal.commandLine();
    line.setErr(new PrintWriter(err, true));
    String data = place.resolve("data").toString();
    return line.execute("restore", "--data-dir", data, backup.toString());
  }
}
