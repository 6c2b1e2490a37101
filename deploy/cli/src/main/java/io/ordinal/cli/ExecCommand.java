package io.ordinal.cli;

import io.ordinal.cli.ClusterOption.Connection;
import io.ordinal.cli.client.Exec;
import io.ordinal.cli.resource.PodChoice;
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
  @Mixin private ClusterOption cluster;
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "POD", description = "its name, or KIND/NAME")
  private String pod;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "COMMAND",
      description = "what to run, behind --")
  private List<String> command;

  @Option(
      names = {"-c", "--container"},
      paramLabel = "NAME",
      description = "in which of its containers (default: the only one, or the first)")
  private String container;

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
    Connection connection = cluster.open();
    PodChoice choice =
        PodChoice.of(connection.api(), connection.catalog(), pod, connection.namespace());
    choice.remark().ifPresent(spec.commandLine().getErr()::println);
    boolean terminal = tty && System.console() != null;
    if (tty && !terminal) {
      spec.commandLine().getErr().println("Unable to use a TTY - input is not a terminal");
    }
    String path = choice.pod().path(connection.namespace()) + "/exec?" + query(choice, terminal);
    Exec exec = new Exec(connection.api());
    Optional<InputStream> input = stdin ? Optional.of(System.in) : Optional.empty();
    if (!terminal) return exec.run(path, input, System.out, System.err, Optional.empty());
    try (RawTerminal raw = RawTerminal.enter()) {
      return exec.run(path, input, System.out, System.err, Optional.of(raw::size));
    }
  }

  private String query(PodChoice choice, boolean terminal) {
    String name = container == null ? choice.containers().get(0) : container;
    StringBuilder query = new StringBuilder("container=" + name + "&stdout=true");
    query.append("&stdin=").append(stdin).append("&tty=").append(terminal);
    query.append("&stderr=").append(!terminal);
    for (String word : command) {
      query.append("&command=").append(URLEncoder.encode(word, StandardCharsets.UTF_8));
    }
    return query.toString();
  }
}
