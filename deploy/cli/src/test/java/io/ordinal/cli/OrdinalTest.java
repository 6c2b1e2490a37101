package io.ordinal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    for (String options : List.of("-n shop", "--namespace=shop --data-dir x", "--kubeconfig x")) {
      String[] line = (options + " get pods").split(" ");
      assertThat(Ordinal.commandLine(line).getSubcommands()).containsOnlyKeys("get");
    }
  }

  @Test
  void options_of_all_commands_may_stand_before_them(@TempDir Path place) throws IOException {
    Path kubeconfig = Files.writeString(place.resolve("config"), "kind: Config\n");
    String missing = "error: " + kubeconfig + " has no context ''\n";
    String before = "--kubeconfig " + kubeconfig + " ";
    assertThat(said(1, (before + "get pods").split(" "))).isEqualTo(missing);
    assertThat(said(1, (before + "rollout status sts/web").split(" "))).isEqualTo(missing);
    assertThat(said(1, (before + "get pods --kubeconfig /none").split(" ")))
        .contains("/none: no such file");
    String elsewhere = place.resolve("none").toString();
    assertThat(said(1, "--data-dir", elsewhere, "token", "list")).contains(elsewhere);
    assertThat(said(1, "--data-dir", elsewhere, "get", "pods"))
        .contains("there is no " + elsewhere + "/kubeconfig");
  }

  @Test
  void the_version_is_told_without_a_server() {
    assertThat(printed(0, "version", "--client")).isEqualTo("Client Version: (unpackaged)\n");
    assertThat(printed(0, "version", "--client", "-o", "json"))
        .contains("\"clientVersion\"", "\"gitVersion\" : \"(unpackaged)\"");
    assertThat(printed(1, "version", "--kubeconfig", "/none")).startsWith("Client Version: ");
    assertThat(printed(0, "--version")).startsWith("ordinal ");
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

  @Test
  void no_text_of_the_help_is_broken_where_the_terminal_does_not_break_it() {
    eachCommand(
        Ordinal.commandLine(),
        command -> {
          String name = command.getCommandSpec().qualifiedName();
          if (name.endsWith("generate-completion")) return; // Picocli's own.
          String[] lines = command.getCommandSpec().usageMessage().description();
          assertThat(lines[0]).as(name).endsWith(".");
          assertThat(lines).as(name).allMatch(line -> line.matches("(?s).*([.:)]|\\.yaml)"));
          assertThat(lines).as(name).noneMatch(line -> line.contains("\n"));
        });
  }

  @Test
  void words_of_options_are_small_where_they_are_offered_and_where_they_are_missed() {
    StringWriter out = new StringWriter();
    Ordinal.commandLine().setOut(new PrintWriter(out)).execute("generate-completion");
    assertThat(out.toString())
        .contains("\"wide\" \"name\" \"json\" \"yaml\"")
        .contains("\"background\"", "\"server\"")
        .doesNotContain("WIDE", "BACKGROUND", "SERVER");
    assertThat(said(2, "get", "pods", "-o", "jsonpath={.x}"))
        .contains("expected wide, name, json or yaml, found 'jsonpath={.x}'; kubectl has more");
    assertThat(said(2, "delete", "pods", "--cascade=all"))
        .contains("[background, foreground, orphan]");
  }

  @Test
  void misuse_is_told_in_one_line_that_names_the_very_command() {
    assertThat(said(2, "token", "rotate"))
        .isEqualTo(
            "error: expected --admin, --signing-key or both. See: ordinal token rotate --help\n");
    assertThat(said(2, "token", "rotate", "--signing-key", "--accept-old-for=nonsense"))
        .contains("expected a duration such as 30m, 12h or 7d, found 'nonsense'. See: ")
        .doesNotContain("hardcoded");
    assertThat(said(2, "logs")).contains("expected a pod, or -l SELECTOR");
    assertThat(said(2, "logs", "web-0", "-l", "app=web")).contains("expected a pod, or -l");
    assertThat(said(2, "apply", "-f", "x", "--force-conflicts")).contains("for --server-side");
    assertThat(said(2, "apply", "-f", "x", "--server-side", "--dry-run=client"))
        .contains("--dry-run=server does");
  }

  private static String printed(int code, String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine line = Ordinal.commandLine(arguments).setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(new StringWriter()));
    assertThat(line.execute(arguments)).as(out.toString()).isEqualTo(code);
    return out.toString();
  }

  private static String said(int code, String... arguments) {
    StringWriter err = new StringWriter();
    CommandLine line = Ordinal.commandLine(arguments).setErr(new PrintWriter(err, true));
    assertThat(line.execute(arguments)).as(err.toString()).isEqualTo(code);
    return err.toString();
  }

  private static void eachCommand(CommandLine line, Consumer<CommandLine> check) {
    check.accept(line);
    line.getSubcommands().values().forEach(each -> eachCommand(each, check));
  }
}
