package io.ordinal.member.directory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds out by the kernel's tables who listens on a TCP port of this machine. */
public final class Listener {
  private static final Path PROC = Path.of("/proc");
  private static final String LISTENS = "0A";
  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final int HEXADECIMAL = 16;

  private Listener() {}

  /** Such as {@code java (pid 77)}; empty when it is another user's, or has ended meanwhile. */
  public static Optional<String> on(int port) {
    try {
      Set<String> sockets = sockets(port);
      if (sockets.isEmpty()) return Optional.empty();
      try (Stream<Path> processes = Files.list(PROC)) {
        return processes
            .filter(each -> each.getFileName().toString().matches("\\d+"))
            .filter(each -> holdsOneOf(each, sockets))
            .findFirst()
            .map(Listener::name);
      }
    } catch (IOException | UncheckedIOException unknown) {
      return Optional.empty();
    }
  }

  private static Set<String> sockets(int port) throws IOException {
    Set<String> found = new HashSet<>();
    for (String table : List.of("net/tcp", "net/tcp6")) {
      Path path = PROC.resolve(table);
      if (!Files.isReadable(path)) continue;
      for (String line : Files.readAllLines(path)) {
        String[] words = line.strip().split("\\s+");
        if (words.length <= INODE || !words[STATE].equals(LISTENS)) continue;
        String local = words[1].substring(words[1].lastIndexOf(':') + 1);
        if (Integer.parseInt(local, HEXADECIMAL) == port)
          found.add("socket:[" + words[INODE] + "]");
      }
    }
    return found;
  }

  private static boolean holdsOneOf(Path process, Set<String> sockets) {
    try (Stream<Path> open = Files.list(process.resolve("fd"))) {
      return open.anyMatch(each -> sockets.contains(target(each)));
    } catch (IOException | UncheckedIOException another) {
      return false;
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException closed) {
      return "";
    }
  }

  private static String name(Path process) {
    String pid = "pid " + process.getFileName();
    try {
      return Files.readString(process.resolve("comm")).strip() + " (" + pid + ")";
    } catch (IOException ended) {
      return pid;
    }
  }
}
