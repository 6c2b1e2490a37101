package io.ordinal.controller.api.log;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * Makes what the agent sends (lines that begin with their time) into what was asked for. Keeps
 * count of what it let through; for one stream.
 */
final class LineFilter {
  private final LogOptions options;
  private long left;
  private boolean begun;

  LineFilter(LogOptions options) {
    this.options = options;
    this.left = options.limitBytes().orElse(Long.MAX_VALUE);
    this.begun = options.since().isEmpty();
  }

  /** Whether as much was let through as was asked for. */
  boolean isFull() {
    return left <= 0;
  }

  /**
   * @param lines whole lines
   */
  byte[] pass(byte[] lines) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(lines.length);
    int start = 0;
    while (start < lines.length && !isFull()) {
      int end = start;
      while (end < lines.length && lines[end] != '\n') end++;
      end = Math.min(end + 1, lines.length);
      line(lines, start, end, out);
      start = end;
    }
    return out.toByteArray();
  }

  private void line(byte[] lines, int start, int end, ByteArrayOutputStream out) {
    int space = start;
    while (space < end && lines[space] != ' ') space++;
    String time = new String(lines, start, space - start, StandardCharsets.US_ASCII);
    if (!begun && !isSince(time)) return;
    begun = true; // Lines are in the order of their times.
    int from = options.timestamps() ? start : Math.min(space + 1, end);
    int length = (int) Math.min(end - from, left);
    out.write(lines, from, length);
    left -= length;
  }

  private boolean isSince(String time) {
    try {
      return !Instant.parse(time).isBefore(options.since().orElseThrow());
    } catch (DateTimeException notATime) {
      return false;
    }
  }
}
