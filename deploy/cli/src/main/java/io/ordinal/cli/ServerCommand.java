package io.ordinal.cli;

import io.ordinal.member.Member;
import io.ordinal.member.MemberSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ordinal server}: a member in the foreground, as systemd runs it. */
@Command(
    name = "server",
    description = {
      "Run a member in the foreground. SIGTERM is a coordinated shutdown with exit code 0; workloads go on running.",
      "Exit code 1 when it cannot start, or gives up because its disk fails."
    },
    mixinStandardHelpOptions = true)
final class ServerCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ServerCommand.class);
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "HOCON settings; every key stands in the reference.conf of its module")
  private Path config;

  @Option(
      names = "--drain",
      description = {
        "on SIGTERM empty this node first, as ordinal.member.drain-on-stop says it for ever; the log tells the progress"
      })
  private boolean drain;

  @Override
  public Integer call() throws Exception {
    MemberSettings settings = MemberSettings.load(config);
    if (!settings.directory().follow(config)) {
      LOG.warn(
          "{} says something else than {}: commands on this machine go by the former; remove it unless it is meant",
          settings.directory().configuration(),
          config);
    }
    Member member = Member.start(settings);
    OwnNode node = new OwnNode(settings, LOG::info);
    CompletableFuture<Throwable> failed = member.failed().toCompletableFuture();
    Termination.run(() -> stop(member, node, failed));
    if (node.exists()) reopenUntilDone(node);
    tellSystemd();
    Throwable cause = failed.get();
    throw new IllegalStateException(
        "the member gave up; mend what follows, look into its log, and start it again", cause);
  }

  /** Under systemd with Type=notify, the unit counts as started from here on. */
  private static void tellSystemd() throws IOException {
    if (System.getenv("NOTIFY_SOCKET") == null) return;
    new ProcessBuilder("systemd-notify", "--ready").inheritIO().start();
  }

  private void stop(Member member, OwnNode node, CompletableFuture<Throwable> failed) {
    int code = failed.isDone() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    boolean wanted = drain || member.settings().drainOnStop();
    if (wanted && !failed.isDone() && node.exists()) drain(member.settings(), node);
    member.close();
    Runtime.getRuntime().halt(code); // SIGTERM would otherwise end the JVM with 143.
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
