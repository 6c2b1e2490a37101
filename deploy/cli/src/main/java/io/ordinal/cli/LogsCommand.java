package io.ordinal.cli;

import io.ordinal.cli.ClusterOption.Connection;
import io.ordinal.cli.drain.KubectlDuration;
import io.ordinal.cli.resource.PodChoice;
import io.ordinal.cli.resource.Target;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ordinal logs}. */
@Command(
    name = "logs",
    description = "Print what a pod has written: ordinal logs web-0, ordinal logs sts/web -f.",
    mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {
  @Mixin private ClusterOption cluster;
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "POD", description = "its name, or KIND/NAME")
  private String pod;

  @Option(
      names = {"-c", "--container"},
      paramLabel = "NAME",
      description = "which of its containers (default: the only one, or the first)")
  private String container;

  @Option(names = "--all-containers", description = "all of its containers, one after another")
  private boolean allContainers;

  @Option(
      names = {"-f", "--follow"},
      description = "go on with what it writes")
  private boolean follow;

  @Option(
      names = {"-p", "--previous"},
      description = "of the run before")
  private boolean previous;

  @Option(
      names = "--tail",
      paramLabel = "LINES",
      defaultValue = "-1",
      description = "only so many lines from the end; negative for all")
  private long tail;

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
    Connection connection = cluster.open();
    PodChoice choice =
        PodChoice.of(connection.api(), connection.catalog(), pod, connection.namespace());
    choice.remark().ifPresent(spec.commandLine().getErr()::println);
    List<String> containers = new ArrayList<>();
    if (allContainers) containers.addAll(choice.containers());
    else containers.add(container == null ? choice.containers().get(0) : container);
    if (follow && containers.size() > 1) {
      throw new IOException("-f follows one container; name it with -c: " + containers);
    }
    Target target = choice.pod();
    for (String each : containers) {
      String path = target.path(connection.namespace()) + "/log?container=" + each + query();
      try (InputStream log = connection.api().stream(path)) {
        log.transferTo(System.out);
      }
      System.out.flush();
    }
    return 0;
  }

  private String query() {
    StringBuilder query = new StringBuilder();
    if (follow) query.append("&follow=true");
    if (previous) query.append("&previous=true");
    if (tail >= 0) query.append("&tailLines=").append(tail);
    if (since != null) query.append("&sinceSeconds=").append(Math.max(1, since.toSeconds()));
    if (timestamps) query.append("&timestamps=true");
    if (limit != null) query.append("&limitBytes=").append(limit);
    return query.toString();
  }
}
