package io.ordinal.cli;

import io.ordinal.member.LeftWorkloads;
import io.ordinal.member.MemberSettings;
import io.ordinal.member.directory.DataDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ordinal down}: stops the member. */
@Command(
    name = "down",
    description = {
      "Stop the member of a data directory. Its workloads go on running and are found again by the next up.",
      "A workload whose set asks for automatic failover ends with its node's lease unless the member is back before."
    },
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {
  @Mixin private DataDirOption data;
  @Spec private CommandSpec spec;

  @Option(
      names = "--stop-workloads",
      description = "stop the workloads too; the next up starts them again")
  private boolean stopWorkloads;

  @Option(
      names = "--wipe",
      description = "stop the workloads and remove the data directory with all volumes")
  private boolean wipe;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "how long member and workloads may take to stop before SIGKILL (default: ${DEFAULT-VALUE})")
  private int timeoutSeconds;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    DataDirectory directory = data.directory();
    if (!Files.exists(directory.configuration())) {
      out.println("nothing was ever started on " + directory.path());
      return 0;
    }
    stopMember(directory, out);
    if (stopWorkloads || wipe) stopWorkloads(directory, out);
    if (wipe) {
      remove(directory.path());
      out.println("removed " + directory.path());
    } else if (!stopWorkloads) {
      out.println("workloads go on running; stop them with: ordinal down --stop-workloads");
    }
    return 0;
  }

  private void stopMember(DataDirectory directory, PrintWriter out) throws Exception {
    var running = directory.member();
    if (running.isEmpty()) {
      out.println("no member runs on " + directory.path());
      return;
    }
    ProcessHandle process = running.get().process();
    process.destroy();
    try {
      process.onExit().get(timeoutSeconds, TimeUnit.SECONDS);
      out.println("stopped the member (pid " + process.pid() + ")");
    } catch (TimeoutException late) {
      process.destroyForcibly();
      process.onExit().get(timeoutSeconds, TimeUnit.SECONDS);
      out.println(
          "killed the member (pid "
              + process.pid()
              + "): it did not stop within "
              + timeoutSeconds
              + " s");
    }
  }

  private void stopWorkloads(DataDirectory directory, PrintWriter out) throws Exception {
    MemberSettings settings = MemberSettings.load(directory.configuration());
    List<String> stopped = LeftWorkloads.stop(settings, Duration.ofSeconds(timeoutSeconds));
    stopped.forEach(each -> out.println("stopped " + each));
    out.println(stopped.size() + " workloads stopped");
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
    }
  }
}
