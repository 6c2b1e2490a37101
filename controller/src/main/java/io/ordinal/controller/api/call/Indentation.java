package io.ordinal.controller.api.call;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.util.ByteString;

/**
 * Breaks JSON that comes in pieces into lines, as Go's MarshalIndent does with two spaces. Holds a
 * small part of it at a time, however long it is.
 */
final class Indentation {
  /** What is made of it at once is at most about a hundred times as large. */
  private static final int SLICE_BYTES = 4096;

  /** What is nested deeper stands no further right: a line's indentation has an end. */
  private static final int MOST_LEVELS = 48;

  private static final byte[] MARGIN =
      ("\n" + "  ".repeat(MOST_LEVELS)).getBytes(StandardCharsets.UTF_8);

  private final Lines lines = new Lines();

  private Indentation() {}

  /** May be run once or several times. The JSON must be valid; its own white space is dropped. */
  static Flow<ByteString, ByteString, NotUsed> flow() {
    return Flow.of(ByteString.class)
        .statefulMapConcat(
            () -> {
              Indentation indentation = new Indentation();
              return piece -> () -> indentation.new Slices(piece);
            });
  }

  /** A piece, some of it at a time. */
  private final class Slices implements Iterator<ByteString> {
    private ByteString left;

    Slices(ByteString piece) {
      left = piece;
    }

    @Override
    public boolean hasNext() {
      return !left.isEmpty();
    }

    @Override
    public ByteString next() {
      if (!hasNext()) throw new NoSuchElementException("the piece is over");
      byte[] slice = left.take(SLICE_BYTES).toArray();
      left = left.drop(SLICE_BYTES);
      return lines.of(slice);
    }
  }

  /** Where in the JSON it stands. */
  private static final class Lines {
    private ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int level;
    private boolean quoted;
    private boolean escaped;
    private boolean opened; // Just now, so that what is empty stays on its line.

    ByteString of(byte[] slice) {
      out = new ByteArrayOutputStream(2 * slice.length);
      for (byte each : slice) {
        if (quoted) copy(each);
        else if (each > ' ') mark(each);
      }
      return ByteString.fromArrayUnsafe(out.toByteArray());
    }

    private void copy(byte each) {
      out.write(each);
      if (each == '"' && !escaped) quoted = false;
      escaped = each == '\\' && !escaped;
    }

    private void mark(byte each) {
      boolean closes = each == '}' || each == ']';
      if (closes) level--;
      if (opened != closes) line(); // Before the first in it, and after the last.
      opened = each == '{' || each == '[';
      if (opened) level++;
      quoted = each == '"';
      out.write(each);
      if (each == ',') line();
      if (each == ':') out.write(' ');
    }

    private void line() {
      out.write(MARGIN, 0, 1 + 2 * Math.min(level, MOST_LEVELS));
    }
  }
}
