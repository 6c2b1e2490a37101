package io.ordinal.tests.hosts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The kernel's own list of processes, {@code /proc}. A process that is gone has nothing. */
public final class Kernel {
  private static final Path PROC = Path.of("/proc");
  private static final int STATE = 0;
  private static final int START = 19;
  private static final double TICKS_PER_SECOND = 100;

  private Kernel() {}

  /**
   * What {@code /proc/PID/stat} says.
   *
   * @param start seconds since the machine booted, cut to hundredths
   */
  public record Stat(long pid, char state, double start) {
    /** Neither a zombie nor dead. */
    public boolean lives() {
      return state != 'Z' && state != 'X';
    }

    /** Whether both are of one process, and not of two that had the same number. */
    boolean same(Stat other) {
      return pid == other.pid && start == other.start;
    }
  }

  /** Numbers of all processes. */
  public static List<Long> pids() {
    List<Long> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      entries.forEach(each -> found.add(Long.parseLong(each.getFileName().toString())));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return found;
  }

  /** Empty when there is no such process any more. */
  public static Optional<Stat> stat(long pid) {
    String text = read(pid, "stat");
    int name = text.lastIndexOf(')');
    if (name < 0) return Optional.empty();
    String[] fields = text.substring(name + 2).split(" ");
    double start = Long.parseLong(fields[START]) / TICKS_PER_SECOND;
    return Optional.of(new Stat(pid, fields[STATE].charAt(0), start));
  }

  /** The value of a variable of its environment. */
  public static Optional<String> variable(long pid, String name) {
    String prefix = name + "=";
    for (String entry : read(pid, "environ").split("\0")) {
      if (entry.startsWith(prefix)) return Optional.of(entry.substring(prefix.length()));
    }
    return Optional.empty();
  }

  /** The command line as it stands now. */
  public static String title(long pid) {
    return read(pid, "cmdline").replace('\0', ' ').strip();
  }

  /**
   * Which namespace it is in.
   *
   * @param kind such as {@code pid} or {@code net}
   */
  public static Optional<String> namespace(long pid, String kind) {
    return namespace(Long.toString(pid), kind);
  }

  /** The same for this process. */
  public static String ownNamespace(String kind) {
    return namespace("self", kind).orElseThrow();
  }

  static long inode(Path file) {
    try {
      return ((Number) Files.getAttribute(file, "unix:ino")).longValue();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Seconds since the machine booted, cut to hundredths: the clock of {@link Stat#start}. */
  public static double uptime() {
    try {
      String text = Files.readString(PROC.resolve("uptime"));
      return Double.parseDouble(text.substring(0, text.indexOf(' ')));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Sends a signal; a process that is gone does not mind. */
  public static void signal(String name, long pid) {
    signal(name, List.of(pid));
  }

  /** Sends a signal to all of them, as nearly at once as can be. */
  static void signal(String name, List<Long> pids) {
    if (pids.isEmpty()) return;
    List<String> line = new ArrayList<>(List.of("/bin/kill", "-" + name));
    pids.forEach(each -> line.add(each.toString()));
    Lab.shell(line);
  }

  private static Optional<String> namespace(String process, String kind) {
    try {
      Path link = PROC.resolve(process).resolve("ns").resolve(kind);
      return Optional.of(Files.readSymbolicLink(link).toString());
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static String read(long pid, String file) {
    try {
      byte[] bytes = Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve(file));
      return new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return "";
    }
  }
}
