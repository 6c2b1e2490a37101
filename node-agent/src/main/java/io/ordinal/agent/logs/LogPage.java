package io.ordinal.agent.logs;

import io.ordinal.agent.logs.LogTimes.Grown;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** One look at a log file as it is now. */
final class LogPage {
  private static final DateTimeFormatter RFC3339_NANO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final int BLOCK = 64 * 1024;
  private static final int LEAST_WINDOW = 256;

  private final Path log;
  private final Instant now;

  LogPage(Path log, Instant now) {
    this.log = log;
    this.now = now;
  }

  /**
   * What was read.
   *
   * @param complete everything that the file has was read
   */
  record Lines(byte[] text, long next, boolean complete) {}

  /**
   * The position of the line that is so many before the end; negative for the first that is kept.
   */
  long begin(long tail) throws IOException {
    long start = new LogStart(log).read();
    if (tail < 0) return start;
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      return tail == 0 ? file.length() : lineFromEnd(file, start, tail);
    }
  }

  private static long lineFromEnd(RandomAccessFile file, long start, long tail) throws IOException {
    long missing = tail;
    long to = file.length() - 1; // A newline at the very end closes the last line and begins none.
    while (to > start) {
      long from = Math.max(start, to - BLOCK);
      byte[] block = bytes(file, from, (int) (to - from));
      for (int i = block.length - 1; i >= 0; i--) {
        if (block[i] == '\n' && --missing == 0) return from + i + 1;
      }
      to = from;
    }
    return start;
  }

  /**
   * Whole lines from a position on, each with its time.
   *
   * @param over nobody writes any more, so that a last line without its end is whole
   */
  Lines read(long position, int maxBytes, boolean over) throws IOException {
    LogStart starts = new LogStart(log);
    long from = Math.max(position, starts.read());
    int window = Math.max(LEAST_WINDOW, maxBytes);
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long length = file.length();
      byte[] raw = bytes(file, from, (int) Math.max(0, Math.min(window, length - from)));
      if (starts.read() > from) return read(starts.read(), maxBytes, over); // Cut off meanwhile.
      boolean toEnd = from + raw.length >= length;
      return lines(raw, from, maxBytes, toEnd && over, raw.length == window, toEnd);
    }
  }

  private Lines lines(
      byte[] raw, long from, int maxBytes, boolean over, boolean full, boolean toEnd)
      throws IOException {
    List<Grown> times = raw.length == 0 ? List.of() : new LogTimes(log).read();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int at = 0;
    while (at < raw.length) {
      int newline = indexOfNewline(raw, at);
      boolean whole = newline >= 0 || over || full && at == 0;
      if (!whole) break;
      int end = newline >= 0 ? newline : raw.length;
      byte[] stamp =
          (RFC3339_NANO.format(timeOf(times, from + at)) + " ").getBytes(StandardCharsets.US_ASCII);
      boolean fits = text.size() + stamp.length + end - at + 1 <= maxBytes;
      if (!fits && at > 0) break;
      text.writeBytes(stamp);
      text.write(raw, at, end - at);
      text.write('\n');
      at = newline >= 0 ? newline + 1 : end;
    }
    return new Lines(text.toByteArray(), from + at, toEnd && at == raw.length);
  }

  private Instant timeOf(List<Grown> times, long position) {
    int low = 0;
    int high = times.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times.get(middle).length() > position) high = middle;
      else low = middle + 1;
    }
    return low < times.size() ? times.get(low).at() : now;
  }

  private static int indexOfNewline(byte[] raw, int from) {
    for (int i = from; i < raw.length; i++) {
      if (raw[i] == '\n') return i;
    }
    return -1;
  }

  private static byte[] bytes(RandomAccessFile file, long from, int length) throws IOException {
    byte[] bytes = new byte[length];
    file.seek(from);
    file.readFully(bytes);
    return bytes;
  }
}
