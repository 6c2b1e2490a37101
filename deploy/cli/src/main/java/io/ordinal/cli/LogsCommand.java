package io.ordinal.cli;

import io.ordinal.cli.ClusterOption.Connection;
import io.ordinal.cli.LogPrinter.Source;
import io.ordinal.cli.drain.KubectlDuration;
import io.ordinal.cli.resource.PodChoice;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ordinal logs}. */
@Command(
    name = "logs",
    description = {
      "Print what pods have written: ordinal logs web-0, or -l app=web -f --prefix.",
      "With KIND/NAME it is one of the object's pods."
    },
    mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {
  private static final int LINES_OF_EACH = 10;

  @Mixin private ClusterOption cluster;
  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "POD", description = "its name, or KIND/NAME")
  private String pod;

  @Option(
      names = {"-l", "--selector"},
      paramLabel = "SELECTOR",
      description = "of all pods with these labels, such as app=web; the last 10 lines of each")
  private String selector;

  @Option(
      names = {"-c", "--container"},
      paramLabel = "NAME",
      description = "which of its containers (default: the only one, or the first)")
  private String container;

  @Option(names = "--all-containers", description = "all of its containers")
  private boolean allContainers;

  @Option(names = "--prefix", description = "each line with its pod and container")
  private boolean prefix;

  @Option(
      names = {"-f", "--follow"},
      description = "go on with what it writes")
  private boolean follow;

  @Option(
      names = "--max-log-requests",
      paramLabel = "N",
      defaultValue = "5",
      description = "follow at most so many at once (default: ${DEFAULT-VALUE})")
  private int atOnce;

  @Option(
      names = {"-p", "--previous"},
      description = "of the run before")
  private boolean previous;

  @Option(
      names = "--tail",
      paramLabel = "LINES",
      description = "only so many lines from the end; negative for all")
  private Long tail;

  @Option(
      names = "--since",
      paramLabel = "DURATION",
      converter = KubectlDuration.class,
      description = "only what is newer, such as 90s or 1h")
  private Duration since;

  @Option(names = "--timestamps", description = "each line with the time of its writing")
  private boolean timestamps;

  @Option(names = "--limit-bytes", paramLabel = "N", description = "at most so many bytes")
  private Long limit;

  @Override
  public Integer call() throws Exception {
    if ((pod == null) == (selector == null)) {
      throw new ParameterException(spec.commandLine(), "expected a pod, or -l SELECTOR");
    }
    Connection connection = cluster.open();
    List<Source> sources = new ArrayList<>();
    for (PodChoice each : chosen(connection)) sources.addAll(sources(each, connection));
    LogPrinter printer = new LogPrinter(connection.api(), System.out);
    if (!follow || sources.size() < 2) {
      printer.inTurn(sources);
      return 0;
    }
    if (sources.size() > atOnce) {
      throw new IOException(
          "you are attempting to follow %d log streams, but maximum allowed concurrency is %d, use"
                  .formatted(sources.size(), atOnce)
              + " --max-log-requests to increase the limit");
    }
    printer.together(sources);
    return 0;
  }

  private List<PodChoice> chosen(Connection connection) throws IOException, InterruptedException {
    String namespace = connection.namespace();
    if (selector == null) {
      PodChoice choice =
          PodChoice.of(connection.api(), connection.catalog(), pod, connection.namespace());
      choice.remark().ifPresent(spec.commandLine().getErr()::println);
      return List.of(choice);
    }
    List<PodChoice> found =
        PodChoice.selected(connection.api(), connection.catalog(), selector, namespace);
    if (found.isEmpty()) {
      spec.commandLine().getErr().println("No resources found in " + namespace + " namespace.");
    }
    return found;
  }

  private List<Source> sources(PodChoice choice, Connection connection) {
    List<Source> sources = new ArrayList<>();
    String path = choice.pod().path(connection.namespace());
    for (String each : containers(choice)) {
      String of = prefix ? "[" + choice.pod().shown() + "/" + each + "] " : "";
      sources.add(new Source(path + "/log?container=" + each + query(), of));
    }
    return sources;
  }

  private List<String> containers(PodChoice choice) {
    if (allContainers) return choice.containers();
    return List.of(container == null ? choice.containers().get(0) : container);
  }

  private String query() {
    StringBuilder query = new StringBuilder();
    if (follow) query.append("&follow=true");
    if (previous) query.append("&previous=true");
    long lines = tail != null ? tail : selector != null ? LINES_OF_EACH : -1;
    if (lines >= 0) query.append("&tailLines=").append(lines);
    if (since != null) query.append("&sinceSeconds=").append(Math.max(1, since.toSeconds()));
    if (timestamps) query.append("&timestamps=true");
    if (limit != null) query.append("&limitBytes=").append(limit);
    return query.toString();
  }
}
