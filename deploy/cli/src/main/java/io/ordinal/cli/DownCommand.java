package io.ordinal.cli;

import io.ordinal.member.LeftWorkloads;
import io.ordinal.member.MemberSettings;
import io.ordinal.member.contact.KnownControllers;
import io.ordinal.member.directory.DataDirectory;
import io.ordinal.member.directory.PrivateFiles;
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
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ordinal down}: stops the member. */
@Command(
    name = "down",
    description = {
      "Stop the member of a data directory. Its workloads go on running and are found again by the next up.",
      "Those with automatic failover are kept too, if the controllers can be asked; what ends otherwise is told."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:stopped in order, or there was nothing to stop",
      "1:not stopped; the message says why",
      "5:stopped, but the member did not end in its time and was killed"
    },
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {
  private static final int USUAL_SECONDS = 30;
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
      names = "--drain",
      description = {
        "empty the node first, within disruption budgets, and do not stop unless that succeeds;",
        "the next up opens the node again"
      })
  private boolean drain;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = {
        "how long member and workloads may take to stop before SIGKILL (default: 30);",
        "with --drain, how long that may take (default: ordinal.member.drain-timeout)"
      })
  private Integer timeout;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    DataDirectory directory = data.directory();
    if (!Files.exists(directory.configuration())) {
      out.println("nothing was ever started on " + directory.path());
      return 0;
    }
    if (drain && directory.member().isPresent()) drain(directory, out);
    boolean inOrder = stopMember(directory, out);
    if (stopWorkloads || wipe) stopWorkloads(directory, out);
    if (wipe) {
      remove(directory.path());
      out.println("removed " + directory.path());
    } else if (!stopWorkloads) {
      String stays = whatStays(directory, inOrder);
      boolean some = stays.contains("running") || stays.contains("will end");
      out.println(stays + (some ? "; stop them with: ordinal down --stop-workloads" : ""));
    }
    return inOrder ? ExitCode.OK : ExitCodes.KILLED;
  }

  private void drain(DataDirectory directory, PrintWriter out) throws Exception {
    MemberSettings settings = MemberSettings.load(directory.configuration());
    OwnNode node =
        new OwnNode(
            settings,
            line -> {
              out.println(line);
              out.flush();
            });
    if (!node.exists()) return;
    try {
      node.drain(timeout == null ? settings.drainTimeout() : Duration.ofSeconds(timeout));
    } catch (IOException incomplete) {
      throw new IOException(
          incomplete.getMessage()
              + "\nthe member goes on and takes no new pods; open its node again with: ordinal uncordon "
              + settings.node().value()
              + ", or stop it anyway with: ordinal down",
          incomplete);
    }
  }

  /** In the words of the member that has just stopped. */
  private static String whatStays(DataDirectory directory, boolean inOrder) throws IOException {
    Path told = directory.lastStop();
    if (Files.exists(told)) return Files.readString(told).strip();
    return inOrder
        ? "workloads go on running"
        : "workloads go on running, those with automatic failover until their lease ends";
  }

  /** Whether nobody had to be killed. */
  private boolean stopMember(DataDirectory directory, PrintWriter out) throws Exception {
    var running = directory.member();
    if (running.isEmpty()) {
      out.println("no member runs on " + directory.path());
      return true;
    }
    ProcessHandle process = running.get().process();
    Files.deleteIfExists(directory.lastStop());
    int timeoutSeconds = secondsToStop(directory);
    process.destroy();
    try {
      process.onExit().get(timeoutSeconds, TimeUnit.SECONDS);
      out.println("stopped the member (pid " + process.pid() + ")");
      return true;
    } catch (TimeoutException late) {
      process.destroyForcibly();
      process.onExit().get(timeoutSeconds, TimeUnit.SECONDS);
      spec.commandLine()
          .getErr()
          .printf(
              "killed the member (pid %d): it did not stop within %d s; %s says how far it was%n",
              process.pid(), timeoutSeconds, directory.log());
      return false;
    }
  }

  /** A member that drains itself takes as long as that may take, and longer. */
  private int secondsToStop(DataDirectory directory) {
    int usual = timeout == null || drain ? USUAL_SECONDS : timeout;
    MemberSettings settings = MemberSettings.load(directory.configuration());
    return settings.drainOnStop() ? usual + (int) settings.drainTimeout().toSeconds() : usual;
  }

  private void stopWorkloads(DataDirectory directory, PrintWriter out) throws Exception {
    MemberSettings settings = MemberSettings.load(directory.configuration());
    List<String> stopped =
        LeftWorkloads.stop(settings, Duration.ofSeconds(timeout == null ? USUAL_SECONDS : timeout));
    stopped.forEach(each -> out.println("stopped " + each));
    String told = stopped.size() + " workloads stopped";
    out.println(told);
    PrivateFiles.write(directory.lastStop(), told + "\n");
    if (!stopped.isEmpty() && otherControllers(settings)) tellStopped(settings);
  }

  private static boolean otherControllers(MemberSettings settings) {
    int known = new KnownControllers(settings.directory().controllers()).all().size();
    return known > (settings.isController() ? 1 : 0);
  }

  /** Otherwise they show its pods as running until it is back. */
  private void tellStopped(MemberSettings settings) throws InterruptedException {
    try {
      new OwnNode(settings, line -> {}).stopped();
    } catch (IOException | RuntimeException untold) {
      spec.commandLine()
          .getErr()
          .println(
              "no controller could be told, they may show these pods as running until this member is back: "
                  + Explanation.of(untold));
    }
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
    }
  }
}
