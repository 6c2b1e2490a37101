package io.ordinal.cli;

import io.ordinal.controller.store.Restored;
import io.ordinal.member.MemberSettings;
import io.ordinal.member.Restoration;
import io.ordinal.member.RestoredPlace;
import io.ordinal.member.directory.Before;
import io.ordinal.member.directory.DataDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ordinal restore}: the first controller of a cluster that lost its majority for good. */
@Command(
    name = "restore",
    description = {
      "Make the first controller of a restored cluster from a backup, in a data directory without a store.",
      "Every controller of before must be off for good.",
      "Nothing is placed until each known node has reported or is fenced."
    },
    mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
  @Mixin private DataDirOption data;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "as ordinal backup wrote it")
  private Path file;

  @Option(
      names = "--taken-within",
      paramLabel = "DURATION",
      converter = Durations.class,
      description =
          "the backup is not older than this, such as 36h: bounds what was written since where the clocks cannot"
              + " (default: by the backup's time and this machine's clock)")
  private Duration takenWithin;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "the member's configuration where one is installed, such as /etc/ordinal/ordinal.conf"
              + " (default: member.conf in the data directory, made where there is none)")
  private Path config;

  @Option(
      names = "--address",
      paramLabel = "IP",
      description =
          "where other members will reach this machine (default: as configured, else loopback)")
  private String address;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "the member's name (default: as configured, else the host's)")
  private String name;

  @Override
  public Integer call() throws Exception {
    DataDirectory directory = data.directory(config);
    try (Before before = Before.of(directory)) {
      try {
        return restore(directory);
      } catch (IOException | RuntimeException failed) {
        takeBack(before, failed);
        throw failed;
      }
    }
  }

  /** What stays because of another failure must not hide the first one. */
  private static void takeBack(Before before, Exception failed) {
    try {
      before.takeBack();
    } catch (IOException | RuntimeException second) {
      failed.addSuppressed(second);
    }
  }

  private int restore(DataDirectory directory) throws IOException {
    RestoredPlace place =
        new RestoredPlace(
            Optional.ofNullable(address),
            Optional.ofNullable(name).map(each -> each.toLowerCase(Locale.ROOT)));
    MemberSettings settings =
        config == null ? place.prepared(directory, new SecureRandom()) : place.configured(config);
    Restored restored = Restoration.of(file, settings, raise(settings));
    PrintWriter out = spec.commandLine().getOut();
    out.println("restored the store as of " + restored.asOf() + " into " + directory.path());
    out.println("revision " + restored.revisionBefore() + " goes on at " + restored.revision());
    out.println(
        "start it with: %s; then join the other controllers with empty data directories"
            .formatted(
                config == null ? "ordinal up" + data.again(directory) : "systemctl start ordinal"));
    out.println(
        "pods begin some seconds after it: lives that the backup does not know have to be over first");
    out.flush();
    return 0;
  }

  private OptionalLong raise(MemberSettings settings) {
    if (takenWithin == null) return OptionalLong.empty();
    long most = settings.config().getLong("ordinal.store.restore.most-changes-per-second");
    return OptionalLong.of(Math.multiplyExact(takenWithin.toSeconds() + 1, most));
  }
}
