package io.ordinal.tests.hosts;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a witness saw, process by process, for whoever doubts its word: a line when one is first
 * seen in a life, and one when it is no more.
 */
final class Sightings implements AutoCloseable {
  private final Optional<PrintWriter> file;
  private final Map<Long, Life> present = new HashMap<>();

  Sightings(Optional<Path> file) {
    this.file = file.map(Sightings::open);
  }

  private static PrintWriter open(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return new PrintWriter(Files.newBufferedWriter(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param now seconds since the machine booted
   */
  synchronized void seen(double now, Kernel.Stat process, Life life) {
    if (life.equals(present.put(process.pid(), life))) return;
    long pid = process.pid();
    String network = Kernel.namespace(pid, "net").orElse("?");
    String namespace = Kernel.namespace(pid, "pid").orElse("?");
    note(
        "%.2f + %d from %.2f %s %s %s: %s"
            .formatted(now, pid, process.start(), life, network, namespace, Kernel.title(pid)));
  }

  /** Whoever is not among them has ended. */
  synchronized void gone(double now, Set<Long> pids) {
    present
        .keySet()
        .removeIf(
            pid -> {
              if (pids.contains(pid)) return false;
              note("%.2f - %d".formatted(now, pid));
              return true;
            });
  }

  private void note(String line) {
    file.ifPresent(each -> each.println(line));
  }

  @Override
  public synchronized void close() {
    file.ifPresent(PrintWriter::close);
  }
}
