package io.ordinal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What people, and systemd's journal, are told by a command that fails. */
class ErrorLinesTest {
  @TempDir private Path root;
  private final StringWriter err = new StringWriter();

  @AfterEach
  void forget() {
    System.clearProperty("ordinal.console");
  }

  private int server(String... more) throws Exception {
    Path settings = root.resolve("member.conf");
    Files.writeString(settings, "ordinal.api.prot = 1\n");
    CommandLine line = Ordinal.commandLine();
    line.setErr(new PrintWriter(err, true));
    String[] words = new String[3 + more.length];
    words[0] = "server";
    words[1] = "--config";
    words[2] = settings.toString();
    System.arraycopy(more, 0, words, 3, more.length);
    return line.execute(words);
  }

  @Test
  void the_journal_hears_that_a_failed_start_is_an_error() throws Exception {
    System.setProperty("ordinal.console", "journal");
    assertThat(server()).isEqualTo(78);
    assertThat(err.toString()).startsWith("<3>error: ");
    assertThat(err.toString().lines()).allMatch(each -> each.startsWith("<3>"));
  }

  @Test
  void the_journal_hears_of_a_mistyped_command() throws Exception {
    System.setProperty("ordinal.console", "journal");
    assertThat(server("--colour")).isEqualTo(2);
    assertThat(err.toString()).startsWith("<3>error: ");
  }

  @Test
  void people_are_told_without_priorities() throws Exception {
    assertThat(server()).isEqualTo(78);
    assertThat(err.toString()).startsWith("error: ");
  }
}
