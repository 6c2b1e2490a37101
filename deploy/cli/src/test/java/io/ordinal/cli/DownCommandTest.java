package io.ordinal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.member.directory.DataDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code ordinal down} says of members that end, and of one that does not. */
class DownCommandTest {
  @TempDir private Path root;
  private DataDirectory directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Process member;

  @BeforeEach
  void prepare() {
    directory = new DataDirectory(root.resolve("data"));
    directory.prepare(new SecureRandom());
  }

  @AfterEach
  void end() {
    if (member != null) member.destroyForcibly();
  }

  /** A process in the place of a member; says when it is ready for signals. */
  private void member(String script) throws IOException {
    member = new ProcessBuilder("sh", "-c", script + "; echo ready; read line").start();
    assertThat(member.inputReader().readLine()).isEqualTo("ready");
    Files.writeString(directory.path().resolve("member.pid"), member.pid() + "\n");
  }

  private int down() {
    CommandLine line = Ordinal.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute("down", "--timeout", "1", "--data-dir", directory.path().toString());
  }

  @Test
  void a_member_that_had_to_be_killed_is_told_by_the_exit_code() throws Exception {
    member("trap '' TERM");
    assertThat(down()).isEqualTo(5);
    assertThat(member.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(err.toString())
        .contains("killed the member (pid " + member.pid() + "): it did not stop within 1 s");
    assertThat(out.toString()).contains("until their lease ends");
  }

  @Test
  void a_member_that_ends_is_stopped_in_order() throws Exception {
    member("trap 'exit 0' TERM");
    assertThat(down()).isZero();
    assertThat(out.toString()).contains("stopped the member (pid " + member.pid() + ")");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void nothing_is_stopped_where_nothing_runs() {
    assertThat(down()).isZero();
    assertThat(out.toString()).contains("no member runs on");
  }
}
