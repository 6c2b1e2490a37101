package io.ordinal.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ordinal.member.Member;
import io.ordinal.member.MemberSettings;
import io.ordinal.member.NoWayBack;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ordinal server}: a member in the foreground, as systemd runs it. */
@Command(
    name = "server",
    description = {
      "Run a member in the foreground. SIGTERM is a coordinated shutdown with exit code 0; workloads go on running.",
      "Exit code 1 when it cannot start, or gives up because its disk fails; 78 when a new start would change nothing:",
      "settings that cannot be read, or contradict what the others know, or a controller that the cluster removed."
    },
    mixinStandardHelpOptions = true)
final class ServerCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServerCommand.class);
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "HOCON settings; every key stands in the reference.conf of its module",
        "(default: member.conf in the data directory)"
      })
  private Path config;

  @Mixin private DataDirOption data;

  @Option(
      names = "--drain",
      description = {
        "on SIGTERM empty this node first, as ordinal.member.drain-on-stop says it for ever; the log tells the progress"
      })
  private boolean drain;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    JulLines.lead();
    Path file = config == null ? data.directory().configuration() : config;
    MemberSettings settings = NoWayBack.orSettings(file, above());
    if (!settings.directory().follow(file)) {
      LOG.warn(
          "{} says something else than {}: commands on this machine go by the former; remove it unless it is meant",
          settings.directory().configuration(),
          file);
    }
    PrintWriter out = spec.commandLine().getOut();
    Member member = Member.start(settings, sentence -> said(out, sentence));
    OwnNode node = new OwnNode(settings, LOG::info);
    String workloads = node.exists() ? "; its workloads go on running" : "";
    said(out, "Ctrl-C or SIGTERM stops this member" + workloads);
    CompletableFuture<Throwable> failed = member.failed().toCompletableFuture();
    Termination.run(() -> stop(member, node, failed));
    if (node.exists()) reopenUntilDone(node);
    tellSystemd("READY=1");
    Throwable cause = failed.get();
    throw new IllegalStateException(
        NoWayBack.in(cause)
            ? "the member ends for good, workloads go on running"
            : "the member gave up; mend what follows, look into its log, and start it again",
        cause);
  }

  /** The option counts more than the file, the file more than ORDINAL_DATA_DIR. */
  private Config above() {
    Optional<Path> named = config == null ? Optional.of(data.directory().path()) : data.given();
    return named
        .map(each -> Map.of("ordinal.member.data-directory", each.toString()))
        .map(each -> ConfigFactory.parseMap(each, "--data-dir"))
        .orElseGet(ConfigFactory::empty);
  }

  /** The journal has the time of each line. */
  private static void said(PrintWriter out, String sentence) {
    String time = ErrorLines.forJournal() ? "" : CLOCK.format(LocalTime.now(ZoneOffset.UTC)) + " ";
    out.println(time + sentence);
    out.flush();
  }

  /** Of a unit with Type=notify: READY=1, it counts as started; STOPPING=1, it ends in time. */
  private static void tellSystemd(String word) {
    if (System.getenv("NOTIFY_SOCKET") == null) return;
    try {
      new ProcessBuilder("systemd-notify", word).inheritIO().start();
    } catch (IOException untold) {
      LOG.warn("systemd cannot be told {}", word, untold);
    }
  }

  private void stop(Member member, OwnNode node, CompletableFuture<Throwable> failed) {
    int code = failed.isDone() ? ExitCodes.of(failed.join()) : CommandLine.ExitCode.OK;
    if (!failed.isDone()) said(spec.commandLine().getOut(), "stopping");
    boolean wanted = drain || member.settings().drainOnStop();
    if (wanted && !failed.isDone() && node.exists()) drain(member.settings(), node);
    tellSystemd("STOPPING=1"); // No watchdog looks from here on, should the closing hang.
    if (MachineStop.underway()) closeWithMachine(member);
    else member.close();
    said(spec.commandLine().getOut(), whatStays(member.settings()));
    Runtime.getRuntime().halt(code); // SIGTERM would otherwise end the JVM with 143.
  }

  private static void closeWithMachine(Member member) {
    try {
      member.closeWithMachine();
    } catch (IOException | RuntimeException incomplete) {
      LOG.warn("the machine goes off with workloads that were not told to end", incomplete);
    }
  }

  /** In the words of the member that has just stopped. */
  private static String whatStays(MemberSettings settings) {
    try {
      return Files.readString(settings.directory().lastStop()).strip();
    } catch (IOException noNode) {
      return "stopped";
    }
  }

  /** A stop that was asked for happens, whatever becomes of the drain. */
  private static void drain(MemberSettings settings, OwnNode node) {
    try {
      node.drain(settings.drainTimeout());
    } catch (IOException | RuntimeException incomplete) {
      LOG.warn("stopping although the node is not drained: {}", incomplete.getMessage());
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  /** The node may register, or a majority be there, only after this member serves. */
  private static void reopenUntilDone(OwnNode node) {
    Thread reopening =
        new Thread(
            () -> {
              while (!reopened(node)) pause();
            },
            "member-reopen");
    reopening.setDaemon(true);
    reopening.start();
  }

  private static boolean reopened(OwnNode node) {
    try {
      node.reopen();
      return true;
    } catch (IOException | RuntimeException notYet) {
      LOG.debug("the node could not be looked at yet: {}", notYet.getMessage());
      return false;
    } catch (InterruptedException stopping) {
      return true;
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(BETWEEN_ATTEMPTS.toMillis());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
