package io.ordinal.agent.volume;

import io.ordinal.agent.disk.FileTree;
import io.ordinal.agent.driver.Driver.LaunchRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Writes and removes what the agent itself puts into volumes. */
final class VolumeFiles {
  static final String FAILED = "FailedMount";

  /** In the order of the bits of a mode, lowest first. */
  private static final PosixFilePermission[] BITS = {
    PosixFilePermission.OTHERS_EXECUTE,
    PosixFilePermission.OTHERS_WRITE,
    PosixFilePermission.OTHERS_READ,
    PosixFilePermission.GROUP_EXECUTE,
    PosixFilePermission.GROUP_WRITE,
    PosixFilePermission.GROUP_READ,
    PosixFilePermission.OWNER_EXECUTE,
    PosixFilePermission.OWNER_WRITE,
    PosixFilePermission.OWNER_READ
  };

  private VolumeFiles() {}

  /** Makes a directory with exactly these permissions, whatever the process's mask is. */
  static void directory(Path path, String permissions) throws IOException {
    if (Files.isDirectory(path)) return;
    Files.createDirectories(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  /** Writes all files, or none: a directory that exists already is complete and stays. */
  static void write(Path directory, Map<String, byte[]> files, int mode) throws IOException {
    if (Files.exists(directory)) return;
    Path next = directory.resolveSibling(directory.getFileName() + ".new");
    FileTree.remove(next);
    directory(next, "rwxr-xr-x");
    for (Map.Entry<String, byte[]> entry : files.entrySet()) {
      Path file = inside(next, entry.getKey());
      Files.createDirectories(file.getParent());
      write(file, entry.getValue(), mode);
    }
    Files.move(next, directory, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void write(Path file, byte[] bytes, int mode) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, bytes);
    Files.setPosixFilePermissions(file, permissions(mode));
  }

  /**
   * Puts another file in place of one that is in a volume. Makes no directory: a volume that goes
   * at the same time does not come back.
   */
  static void replace(Path directory, String path, byte[] bytes, int mode) throws IOException {
    Path file = inside(directory, path);
    if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), bytes)) return;
    Path next = file.resolveSibling("..new." + file.getFileName());
    Files.deleteIfExists(next);
    write(next, bytes, mode);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** A relative path that does not lead out of the directory. */
  static Path inside(Path directory, String relative) {
    Path path = Path.of(relative);
    boolean leaves = path.isAbsolute();
    for (Path name : path) leaves |= name.toString().equals("..");
    if (leaves) {
      throw new LaunchRefused(FAILED, "'" + relative + "' must be a relative path without '..'");
    }
    return directory.resolve(path);
  }

  static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
    for (int bit = 0; bit < BITS.length; bit++) {
      if ((mode >> bit & 1) == 1) set.add(BITS[bit]);
    }
    return set;
  }
}
