package io.ordinal.tests.hosts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names of what a lab makes on the machine. They carry the number of the process that made it, so
 * that whatever a dead one left is known as such.
 */
record LabName(long owner, int number) {
  private static final String PREFIX = "ordlab";
  private static final Pattern LEFT = Pattern.compile("(?:ordlab-|olb|olv)([0-9a-z]+?)[-n]\\d.*");
  private static final int COMPACT = 36; // Names of interfaces have 15 characters at most.
  private static final AtomicInteger COUNT = new AtomicInteger();

  static LabName next() {
    return new LabName(ProcessHandle.current().pid(), COUNT.incrementAndGet());
  }

  String directory() {
    return PREFIX + "-" + compact() + "-" + number;
  }

  String namespace(int host) {
    return directory() + "-h" + host;
  }

  String bridge() {
    return "olb" + compact() + "-" + number;
  }

  String cable(int host) {
    return "olv" + compact() + "-" + number + "h" + host;
  }

  private String compact() {
    return Long.toString(owner, COMPACT);
  }

  /** Removes whatever labs of dead processes left: processes, namespaces, interfaces, files. */
  static void sweep() {
    Lab.shell(List.of("ip", "netns", "list"))
        .out()
        .lines()
        .map(each -> each.split(" ")[0])
        .filter(LabName::orphaned)
        .forEach(Namespaces::remove);
    Lab.shell(List.of("ip", "-o", "link", "show"))
        .out()
        .lines()
        .map(line -> line.split(": ")[1].split("@")[0])
        .filter(LabName::orphaned)
        .forEach(link -> Lab.shell(List.of("ip", "link", "delete", link)));
    try (Stream<Path> entries = Files.list(temporary())) {
      for (Path each : entries.filter(path -> orphaned(path.getFileName().toString())).toList()) {
        removeTree(each);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  /** A file that somebody else removed meanwhile is as good as removed. */
  static void removeTree(Path root) throws IOException {
    if (!Files.exists(root)) return;
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path each : tree.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(each);
    }
  }

  static boolean orphaned(String name) {
    Matcher matcher = LEFT.matcher(name);
    if (!matcher.matches()) return false;
    long owner = Long.parseLong(matcher.group(1), COMPACT);
    return ProcessHandle.of(owner).filter(ProcessHandle::isAlive).isEmpty();
  }
}
