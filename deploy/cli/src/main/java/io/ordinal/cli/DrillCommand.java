package io.ordinal.cli;

import io.ordinal.cli.drill.DrillClient;
import io.ordinal.cli.drill.DrillOutput;
import io.ordinal.controller.document.drill.DrillSpec;
import io.ordinal.controller.document.drill.DrillStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ordinal drill}: rehearses a loss on purpose. */
@Command(
    name = "drill",
    description = {
      "Rehearse a loss on purpose: inject a fault that takes itself back, and tell what became of the replicas.",
      "Exit code 0 when the drill passed, 1 when it failed, 3 when it was refused, 4 when it was aborted."
    },
    mixinStandardHelpOptions = true)
final class DrillCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** Before the target or behind it. */
  @Mixin private DataDirOption data;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a target is missing");
  }

  @Command(
      name = "node",
      description = "Rehearse the loss of a node.",
      mixinStandardHelpOptions = true)
  int node(
      @Parameters(paramLabel = "NODE", description = "as in kubectl get nodes") String name,
      @Mixin DrillOptions options,
      @Mixin DataDirOption here)
      throws Exception {
    return run(new DrillSpec.Target(name, null, null, null), "node-" + name, options, here);
  }

  @Command(
      name = "controller",
      description = "Rehearse the loss of a controller's member.",
      mixinStandardHelpOptions = true)
  int controller(
      @Parameters(paramLabel = "NAME", description = "the name of its machine") String name,
      @Mixin DrillOptions options,
      @Mixin DataDirOption here)
      throws Exception {
    return run(new DrillSpec.Target(null, name, null, null), "controller-" + name, options, here);
  }

  @Command(
      name = "replica",
      description = "Rehearse the loss of one replica.",
      mixinStandardHelpOptions = true)
  int replica(
      @Parameters(paramLabel = "[NAMESPACE/]NAME", description = "such as default/redis-0")
          String name,
      @Mixin DrillOptions options,
      @Mixin DataDirOption here)
      throws Exception {
    String full = name.contains("/") ? name : "default/" + name;
    return run(
        new DrillSpec.Target(null, null, full, null),
        "replica-" + full.substring(full.indexOf('/') + 1),
        options,
        here);
  }

  @Command(
      name = "rack",
      description = "Rehearse the loss of all nodes with a label.",
      mixinStandardHelpOptions = true)
  int rack(
      @Parameters(paramLabel = "LABEL=VALUE", description = "a label of nodes") String label,
      @Mixin DrillOptions options,
      @Mixin DataDirOption here)
      throws Exception {
    int equals = label.indexOf('=');
    if (equals < 1) {
      throw new ParameterException(spec.commandLine(), "expected LABEL=VALUE, found " + label);
    }
    DrillSpec.Rack rack =
        new DrillSpec.Rack(label.substring(0, equals), label.substring(equals + 1));
    return run(new DrillSpec.Target(null, null, null, rack), "rack-" + rack.value(), options, here);
  }

  @Command(
      name = "abort",
      description = "End a drill; its fault is taken back.",
      mixinStandardHelpOptions = true)
  int abort(@Parameters(paramLabel = "DRILL") String name, @Mixin DataDirOption here)
      throws Exception {
    client(here).abort(name);
    out().println("drill " + name + " is told to end");
    return CommandLine.ExitCode.OK;
  }

  @Command(
      name = "show",
      description = "Tell what a drill found, or how far it is.",
      mixinStandardHelpOptions = true)
  int show(
      @Parameters(paramLabel = "DRILL") String name,
      @Option(
              names = {"-o", "--output"},
              paramLabel = "FORM",
              defaultValue = "table",
              description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
          DrillOutput output,
      @Mixin DataDirOption here)
      throws Exception {
    DrillClient.Seen drill =
        client(here).get(name).orElseThrow(() -> new IOException("there is no drill " + name));
    out().print(output.of(drill));
    out().flush();
    return CommandLine.ExitCode.OK;
  }

  @Command(
      name = "list",
      description = "List drills with their verdicts.",
      mixinStandardHelpOptions = true)
  int list(@Mixin DataDirOption here) throws Exception {
    PrintWriter out = out();
    String row = "%-32s %-10s %-11s %-9s %9s  %s%n";
    out.printf(row, "NAME", "WAY", "PHASE", "VERDICT", "READY", "MESSAGE");
    for (DrillClient.Seen each : client(here).list()) {
      DrillStatus status = each.status();
      Long ready = status.times() == null ? null : status.times().ready();
      out.printf(
          row,
          each.name(),
          each.spec().way(),
          status.phase() == null ? "Pending" : status.phase().word(),
          status.verdict() == null ? "" : status.verdict().word(),
          ready == null ? "" : "%.2fs".formatted(ready / 1000.0),
          status.message() == null ? "" : status.message());
    }
    out.flush();
    return CommandLine.ExitCode.OK;
  }

  private int run(DrillSpec.Target target, String name, DrillOptions options, DataDirOption here)
      throws Exception {
    Callable<Integer> run =
        new DrillRun(client(here), spec.commandLine(), options, options.spec(target), name);
    return run.call();
  }

  private DrillClient client(DataDirOption here) {
    return new DrillClient(
        LocalCluster.of((here.given().isPresent() ? here : data).directory()).api());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
