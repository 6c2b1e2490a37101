package io.ordinal.cli;

import io.ordinal.member.Member;
import io.ordinal.member.MemberSettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ordinal server}: a member in the foreground, as systemd runs it. */
@Command(
    name = "server",
    description = {
      "Run a member in the foreground. SIGTERM is a coordinated shutdown with exit code 0; workloads go on running."
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
    CountDownLatch down = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  member.close();
                  down.countDown();
                  Runtime.getRuntime().halt(0); // SIGTERM would otherwise end the JVM with 143.
                },
                "member-shutdown"));
    down.await();
    return 0;
  }
}
