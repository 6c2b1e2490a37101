package io.ordinal.cli;

import io.ordinal.cli.client.ApiFailure;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code ordinal}. */
@Command(
    name = "ordinal",
    description = "Kubernetes StatefulSets on bare metal, without Kubernetes.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      ServerCommand.class,
      JoinCommand.class,
      TokenCommand.class,
      ControllersCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      GetCommand.class,
      DescribeCommand.class,
      ApplyCommand.class,
      DeleteCommand.class,
      ScaleCommand.class,
      RolloutCommand.class,
      LogsCommand.class,
      ExecCommand.class,
      EventsCommand.class,
      ApiResourcesCommand.class,
      DrainCommand.class,
      CordonCommand.class,
      UncordonCommand.class,
      DrillCommand.class,
      GenerateCompletion.class
    })
public final class Ordinal implements Runnable {
  @Spec private CommandSpec spec;

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Ordinal()).setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          String said =
              failure instanceof ApiFailure refused
                  ? refused.getMessage() // Says already that it is an error, and whose.
                  : "error: " + Explanation.of(failure);
          command.getErr().println(command.getColorScheme().errorText(said));
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
