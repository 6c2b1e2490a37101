package io.ordinal.cli;

import io.ordinal.member.Member;
import io.ordinal.member.MemberSettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
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
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "HOCON settings; every key stands in the reference.conf of its module")
  private Path config;

  @Override
  public Integer call() throws Exception {
    Member member = Member.start(MemberSettings.load(config));
    CompletableFuture<Throwable> failed = member.failed().toCompletableFuture();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(member, failed), "member-shutdown"));
    Throwable cause = failed.get();
    throw new IllegalStateException(
        "the member gave up; mend what follows, look into its log, and start it again", cause);
  }

  private static void stop(Member member, CompletableFuture<Throwable> failed) {
    int code = failed.isDone() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    member.close();
    Runtime.getRuntime().halt(code); // SIGTERM would otherwise end the JVM with 143.
  }
}
