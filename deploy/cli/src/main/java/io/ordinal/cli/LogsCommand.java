package io.ordinal.cli;

import io.ordinal.cli.drain.KubectlDuration;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ordinal logs}. */
@Command(
    name = "logs",
    description = "Print what a pod has written: ordinal logs web-0, ordinal logs sts/web -f.",
    mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {
  @Mixin private PodOptions pod;

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
    PodOptions.Found found = pod.find();
    List<String> containers = allContainers ? found.containers() : List.of(found.container());
    if (follow && containers.size() > 1) {
      throw new IOException("-f follows one container; name it with -c: " + containers);
    }
    for (String each : containers) {
      String path = found.path() + "/log?container=" + each + query();
      try (InputStream log = found.api().stream(path)) {
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
