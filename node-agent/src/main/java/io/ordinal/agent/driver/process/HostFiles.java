package io.ordinal.agent.driver.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What a mount plan must know of the machine's file system. */
interface HostFiles {
  /** What stands at a path. */
  enum Kind {
    DIRECTORY,
    FILE,
    NONE
  }

  /**
   * One name in a directory.
   *
   * @param link what a symbolic link says, otherwise null
   */
  record Entry(String name, Kind kind, String link) {}

  /** Links followed. */
  Kind kind(Path path);

  /** The path without symbolic links; as it is when it does not exist. */
  Path real(Path path);

  List<Entry> entries(Path directory);

  /** Of nosuid, nodev, noexec: those that a mount of this path must keep. */
  Set<String> flags(Path path);

  /** The machine's own. */
  static HostFiles ofMachine() {
    return new Machine();
  }

  /** Reads the real file system and the mounts of this process. */
  final class Machine implements HostFiles {
    private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
    private static final int MOUNT_POINT = 4;
    private static final int OPTIONS = 5;
    private static final Set<String> LOCKED = Set.of("nosuid", "nodev", "noexec");

    private Machine() {}

    @Override
    public Kind kind(Path path) {
      if (Files.isDirectory(path)) return Kind.DIRECTORY;
      return Files.exists(path) ? Kind.FILE : Kind.NONE;
    }

    @Override
    public Path real(Path path) {
      try {
        return path.toRealPath();
      } catch (IOException e) {
        return path;
      }
    }

    @Override
    public List<Entry> entries(Path directory) {
      List<Entry> found = new ArrayList<>();
      try (Stream<Path> children = Files.list(directory)) {
        for (Path child : children.sorted().toList()) {
          boolean link = Files.isSymbolicLink(child);
          boolean inside = Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS);
          found.add(
              new Entry(
                  child.getFileName().toString(),
                  inside ? Kind.DIRECTORY : Kind.FILE,
                  link ? Files.readSymbolicLink(child).toString() : null));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return found;
    }

    @Override
    public Set<String> flags(Path path) {
      Path longest = Path.of("/");
      Set<String> flags = new TreeSet<>();
      try {
        for (String line : Files.readAllLines(MOUNTS)) {
          String[] fields = line.split(" ");
          Path at = Path.of(fields[MOUNT_POINT].replace("\\040", " "));
          if (!path.startsWith(at) || !at.startsWith(longest)) continue;
          longest = at;
          flags = new TreeSet<>(List.of(fields[OPTIONS].split(",")));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      flags.retainAll(LOCKED);
      return flags;
    }
  }
}
