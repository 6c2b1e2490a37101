package io.ordinal.agent.logs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * When a log had grown to which length: pairs of a length and a time, both rising, in a file beside
 * it.
 */
final class LogTimes {
  /** Beyond this many, older times become coarser. */
  static final int MOST = 65_536;

  private static final int BYTES = 2 * Long.BYTES;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Path file;

  LogTimes(Path log) {
    this.file = log.resolveSibling(log.getFileName() + ".times");
  }

  /**
   * The log was this long at this time, and no longer before.
   *
   * @param length in bytes since the run began
   */
  record Grown(long length, Instant at) {}

  /** A record that was cut off by a crash does not count. */
  List<Grown> read() throws IOException {
    if (!Files.exists(file)) return List.of();
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    List<Grown> all = new ArrayList<>(bytes.remaining() / BYTES);
    while (bytes.remaining() >= BYTES) {
      long length = bytes.getLong();
      long nanos = bytes.getLong();
      Instant at = Instant.ofEpochSecond(nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND);
      all.add(new Grown(length, at));
    }
    return all;
  }

  void add(Grown grown) throws IOException {
    Files.write(
        file, encoded(List.of(grown)), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Removes what no kept line needs, and every other one of the older half if still too many. */
  void thin(long start) throws IOException {
    List<Grown> needed = read().stream().filter(grown -> grown.length() > start).toList();
    List<Grown> kept = new ArrayList<>();
    for (int i = 0; i < needed.size(); i++) {
      boolean old = i < needed.size() / 2;
      if (needed.size() < MOST / 2 || !old || i % 2 == 1) kept.add(needed.get(i));
    }
    Path next = file.resolveSibling(file.getFileName() + ".new");
    Files.write(next, encoded(kept));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static byte[] encoded(List<Grown> all) {
    ByteBuffer bytes = ByteBuffer.allocate(all.size() * BYTES);
    for (Grown grown : all) {
      bytes.putLong(grown.length());
      bytes.putLong(grown.at().getEpochSecond() * NANOS_PER_SECOND + grown.at().getNano());
    }
    return bytes.array();
  }
}
