package io.ordinal.cli;

import io.ordinal.controller.boot.OpenStore;
import io.ordinal.member.MemberSettings;
import io.ordinal.member.directory.DataDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ordinal backup}: copies the store into a file. */
@Command(
    name = "backup",
    description = {
      "Copy the whole store into a file, while the cluster serves, or from the disk of a controller that is stopped.",
      "With a majority it holds everything acknowledged before; without one, all that this controller has.",
      "Keep it safe: it holds Secrets and the key of the cluster's authority. Volumes are not in it."
    },
    mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
  @Mixin private DataDirOption data;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "must not exist yet")
  private Path file;

  @Override
  public Integer call() throws Exception {
    DataDirectory directory = data.directory();
    if (Files.exists(file)) throw new IllegalArgumentException(file + " exists already");
    Path unfinished = Path.of(file + ".unfinished");
    Files.deleteIfExists(unfinished);
    Files.createFile(
        unfinished,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      try (OutputStream out = Files.newOutputStream(unfinished)) {
        if (directory.member().isPresent()) fromMember(directory, out);
        else fromDisk(directory, out);
      }
      requireWhole(unfinished);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished); // There only when it was refused, or went wrong.
    }
    PrintWriter console = spec.commandLine().getOut();
    console.printf("wrote %s (%d bytes)%n", file, Files.size(file));
    console.flush();
    return 0;
  }

  private static void fromMember(DataDirectory directory, OutputStream out)
      throws IOException, InterruptedException {
    try (InputStream backup = LocalCluster.of(directory).api().stream("/ordinal/v1/backup")) {
      backup.transferTo(out);
    }
  }

  private static void fromDisk(DataDirectory directory, OutputStream out) throws IOException {
    MemberSettings settings = MemberSettings.load(directory.configuration());
    OpenStore.backup(settings.config(), directory.store(), out);
  }

  /** The list of its parts comes last; it is missing when the backup was cut short. */
  private static void requireWhole(Path backup) throws IOException {
    try (ZipFile whole = new ZipFile(backup.toFile())) {
      if (whole.size() == 0) throw new ZipException("nothing in it");
    } catch (ZipException cut) {
      throw new IOException("the backup was cut short; see the member's log", cut);
    }
  }
}
