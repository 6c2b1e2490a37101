package io.ordinal.cli;

import io.ordinal.cli.client.ApiClient;
import io.ordinal.cli.client.ControllerReport;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ordinal controllers}: who has copies of the store. */
@Command(
    name = "controllers",
    description = {
      "List the controllers: who leads, how old each one's copy of the store may be, and its revision.",
      "Exit code 1 when no majority of them answers."
    },
    mixinStandardHelpOptions = true)
final class ControllersCommand implements java.util.concurrent.Callable<Integer> {
  @Mixin private DataDirOption data;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    LocalCluster cluster = LocalCluster.of(data.directory());
    ControllerReport report = ControllerReport.of(cluster.api(), cluster::apiAt);
    PrintWriter out = spec.commandLine().getOut();
    report.lines().forEach(out::println);
    out.flush();
    return report.majorityAnswers() ? 0 : 1;
  }

  @Command(
      name = "remove",
      description = {
        "Remove a controller for good: its vote, its records, its right to a certificate.",
        "Its member, if it runs, ends.",
        "Refused for the last one, and when those that stay would be no majority that answers.",
        "A controller on a lost machine is replaced by removing it and joining a new one."
      },
      mixinStandardHelpOptions = true)
  int remove(
      @Mixin DataDirOption here,
      @Parameters(paramLabel = "NAME", description = "as ordinal controllers shows it") String name)
      throws Exception {
    ApiClient api = LocalCluster.of(here.directory()).api();
    api.delete("/ordinal/v1/controllers/" + name);
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "removed the controller "
            + name
            + "; its member ends by itself when it hears of that, and comes back only by joining anew");
    out.flush();
    return 0;
  }
}
