package io.ordinal.cli;

import io.ordinal.cli.client.ApiFailure;
import java.util.List;
import java.util.Map;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code ordinal}. */
@Command(
    name = "ordinal",
    description = "Kubernetes StatefulSets on bare metal, without Kubernetes.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class)
public final class Ordinal implements Runnable {
  private static final String COMPLETION = "generate-completion";

  /** The commands by name, in the order in which the help shows them. */
  static final List<Map.Entry<String, Class<?>>> COMMANDS =
      List.of(
          Map.entry("up", UpCommand.class),
          Map.entry("down", DownCommand.class),
          Map.entry("status", StatusCommand.class),
          Map.entry("server", ServerCommand.class),
          Map.entry("join", JoinCommand.class),
          Map.entry("token", TokenCommand.class),
          Map.entry("controllers", ControllersCommand.class),
          Map.entry("backup", BackupCommand.class),
          Map.entry("restore", RestoreCommand.class),
          Map.entry("get", GetCommand.class),
          Map.entry("describe", DescribeCommand.class),
          Map.entry("apply", ApplyCommand.class),
          Map.entry("delete", DeleteCommand.class),
          Map.entry("scale", ScaleCommand.class),
          Map.entry("rollout", RolloutCommand.class),
          Map.entry("logs", LogsCommand.class),
          Map.entry("exec", ExecCommand.class),
          Map.entry("events", EventsCommand.class),
          Map.entry("api-resources", ApiResourcesCommand.class),
          Map.entry("version", VersionCommand.class),
          Map.entry("drain", DrainCommand.class),
          Map.entry("cordon", CordonCommand.class),
          Map.entry("uncordon", UncordonCommand.class),
          Map.entry("drill", DrillCommand.class),
          Map.entry(COMPLETION, GenerateCompletion.class));

  @Mixin private GlobalOptions options;
  @Spec private CommandSpec spec;

  public static void main(String[] args) {
    System.exit(commandLine(args).execute(args));
  }

  /**
   * The command line that these arguments need. To read the options of all commands by reflection
   * takes longer than most commands do, so one that is named first comes alone; help, completion
   * and what is misspelt need all of them.
   */
  static CommandLine commandLine(String... args) {
    Ordinal ordinal = new Ordinal();
    CommandLine line = new CommandLine(ordinal);
    String first = GlobalOptions.command(args).orElse("");
    boolean alone =
        !first.equals(COMPLETION)
            && COMMANDS.stream().anyMatch(each -> each.getKey().equals(first));
    for (Map.Entry<String, Class<?>> each : COMMANDS) {
      if (!alone || each.getKey().equals(first)) line.addSubcommand(each.getKey(), each.getValue());
    }
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setHelpFactory(HelpWidth::help);
    line.setDefaultValueProvider(argument -> ordinal.options.defaultOf(argument));
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          String said =
              failure instanceof ApiFailure refused
                  ? refused.getMessage() // Says already that it is an error, and whose.
                  : "error: " + Explanation.of(failure);
          ErrorLines.print(command, said);
          return ExitCodes.of(failure);
        });
    line.setParameterExceptionHandler((wrong, arguments) -> Misuse.told(wrong));
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }
}
