package io.ordinal.cli;

import io.ordinal.cli.drain.KubectlDuration;
import io.ordinal.cli.resource.OutputFormat;
import io.ordinal.cli.resource.Rollouts;
import io.ordinal.cli.resource.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ordinal rollout}. */
@Command(
    name = "rollout",
    description = "Follow, take back or repeat the update of a set.",
    mixinStandardHelpOptions = true)
final class RolloutCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  @Command(
      name = "status",
      description = "Wait until a set's update is complete, and tell how far it is.",
      mixinStandardHelpOptions = true)
  int status(
      @Mixin SetOptions set,
      @Option(
              names = {"-w", "--watch"},
              negatable = true,
              defaultValue = "true",
              fallbackValue = "true",
              description = "wait for the end (default: true)")
          boolean watch,
      @Option(
              names = "--timeout",
              paramLabel = "DURATION",
              defaultValue = "0",
              converter = KubectlDuration.class,
              description = "give up after this; 0 never")
          Duration timeout)
      throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    set.rollouts()
        .follow(
            !watch,
            timeout,
            line -> {
              out.println(line);
              out.flush();
            });
    return 0;
  }

  @Command(
      name = "history",
      description = "List the revisions of a set's template.",
      mixinStandardHelpOptions = true)
  int history(
      @Mixin SetOptions set,
      @Option(
              names = "--revision",
              paramLabel = "N",
              defaultValue = "0",
              description = "show the template of this one")
          long revision)
      throws IOException, InterruptedException {
    if (revision != 0) {
      PrintWriter out = spec.commandLine().getOut();
      Rollouts rollouts = set.rollouts();
      String template = OutputFormat.YAML.print(rollouts.template(revision));
      out.println(rollouts.shown() + " with revision #" + revision);
      out.println("Pod Template:");
      out.print(template.indent(2));
      out.flush();
      return 0;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("REVISION", "CHANGE-CAUSE"));
    rows.addAll(set.rollouts().history());
    new TextTable().lines(rows).forEach(spec.commandLine().getOut()::println);
    return 0;
  }

  @Command(
      name = "undo",
      description = "Take the revision before up again, or a certain one.",
      mixinStandardHelpOptions = true)
  int undo(
      @Mixin SetOptions set,
      @Option(
              names = "--to-revision",
              paramLabel = "N",
              defaultValue = "0",
              description = "its number in: ordinal rollout history")
          long revision)
      throws IOException, InterruptedException {
    spec.commandLine().getOut().println(set.rollouts().undo(revision));
    return 0;
  }

  @Command(
      name = "pause",
      description = "Not for sets: updateStrategy.rollingUpdate.partition holds an update.",
      mixinStandardHelpOptions = true)
  int pause(@Mixin SetOptions set) throws IOException, InterruptedException {
    throw set.rollouts().unsupported("pausing");
  }

  @Command(
      name = "resume",
      description = "Not for sets: lower updateStrategy.rollingUpdate.partition to go on.",
      mixinStandardHelpOptions = true)
  int resume(@Mixin SetOptions set) throws IOException, InterruptedException {
    throw set.rollouts().unsupported("resuming");
  }

  @Command(
      name = "restart",
      description = "Replace every pod of a set, in its order.",
      mixinStandardHelpOptions = true)
  int restart(@Mixin SetOptions set) throws IOException, InterruptedException {
    spec.commandLine().getOut().println(set.rollouts().restart());
    return 0;
  }
}
