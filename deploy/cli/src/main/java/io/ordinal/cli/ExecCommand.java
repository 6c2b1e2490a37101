package io.ordinal.cli;

import io.ordinal.cli.client.Exec;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ordinal exec}. Its exit code is that of the process. */
@Command(
    name = "exec",
    description =
        "Run a command in a pod: ordinal exec web-0 -- ls /data, ordinal exec -it web-0 -- sh.",
    mixinStandardHelpOptions = true)
final class ExecCommand implements Callable<Integer> {
  @Mixin private PodOptions pod;
  @Spec private CommandSpec spec;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "what to run, behind --")
  private List<String> command;

  @Option(
      names = {"-i", "--stdin"},
      description = "let it read what this command reads")
  private boolean stdin;

  @Option(
      names = {"-t", "--tty"},
      description = "give it a terminal")
  private boolean tty;

  @Override
  public Integer call() throws Exception {
    PodOptions.Found found = pod.find();
    boolean terminal = tty && System.console() != null;
    if (tty && !terminal) {
      spec.commandLine().getErr().println("Unable to use a TTY - input is not a terminal");
    }
    String path = found.path() + "/exec?" + query(found.container(), terminal);
    Exec exec = new Exec(found.api());
    Optional<InputStream> input = stdin ? Optional.of(System.in) : Optional.empty();
    if (!terminal) return exec.run(path, input, System.out, System.err, Optional.empty());
    try (RawTerminal raw = RawTerminal.enter()) {
      return exec.run(path, input, System.out, System.err, Optional.of(raw::size));
    }
  }

  private String query(String container, boolean terminal) {
    StringBuilder query = new StringBuilder("container=" + container + "&stdout=true");
    query.append("&stdin=").append(stdin).append("&tty=").append(terminal);
    query.append("&stderr=").append(!terminal);
    for (String word : command) {
      query.append("&command=").append(URLEncoder.encode(word, StandardCharsets.UTF_8));
    }
    return query.toString();
  }
}
