package io.ordinal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class OrdinalTest {
  @Test
  void every_command_has_the_name_by_which_it_is_looked_up() {
    for (Map.Entry<String, Class<?>> each : Ordinal.COMMANDS) {
      assertThat(each.getValue().getAnnotation(Command.class).name()).isEqualTo(each.getKey());
    }
  }

  @Test
  void a_named_command_comes_alone_and_completion_and_misspellings_have_all() {
    assertThat(Ordinal.commandLine("get", "pods").getSubcommands()).containsOnlyKeys("get");
    int all = Ordinal.COMMANDS.size();
    assertThat(Ordinal.commandLine().getSubcommands()).hasSize(all);
    assertThat(Ordinal.commandLine("--help").getSubcommands()).hasSize(all);
    assertThat(Ordinal.commandLine("generate-completion").getSubcommands()).hasSize(all);
    assertThat(Ordinal.commandLine("gte").getSubcommands()).hasSize(all);
  }

  @Test
  void every_command_shows_its_full_name_in_its_help() {
    for (Map.Entry<String, Class<?>> each : Ordinal.COMMANDS) {
      CommandLine line = Ordinal.commandLine(each.getKey());
      StringWriter out = new StringWriter();
      int code = line.setOut(new PrintWriter(out)).execute(each.getKey(), "--help");
      assertThat(code).isZero();
      assertThat(out.toString()).contains("Usage: ordinal " + each.getKey());
    }
  }
}
