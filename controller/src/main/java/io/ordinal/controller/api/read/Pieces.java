package io.ordinal.controller.api.read;

import java.io.ByteArrayOutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * A list that is held, as it goes over the wire: a head, items with commas between them, a tail.
 */
final class Pieces {
  private static final int PIECE_BYTES = 64 * 1024;

  private final byte[] head;
  private final List<byte[]> items;

  Pieces(byte[] head, List<byte[]> items) {
    this.head = head;
    this.items = items;
  }

  long length() {
    long length = head.length + ListForm.TAIL.length + Math.max(0, items.size() - 1);
    for (byte[] each : items) length += each.length;
    return length;
  }

  /**
   * Items of a list with commas between them.
   *
   * @param first whether no items stand before them
   */
  static ByteString joined(List<byte[]> items, boolean first) {
    int length = items.size();
    for (byte[] each : items) length += each.length;
    ByteArrayOutputStream piece = new ByteArrayOutputStream(length);
    for (byte[] each : items) {
      if (!first || piece.size() > 0) piece.write(',');
      piece.writeBytes(each);
    }
    return ByteString.fromArrayUnsafe(piece.toByteArray());
  }

  /** May be run once or several times. */
  Source<ByteString, NotUsed> source() {
    return Source.fromIterator(Walk::new);
  }

  /** Joins small items, so that a stream of many costs no more than its bytes. */
  private final class Walk implements Iterator<ByteString> {
    private int next = -1; // -1 is the head, items.size() the tail.

    @Override
    public boolean hasNext() {
      return next <= items.size();
    }

    @Override
    public ByteString next() {
      if (!hasNext()) throw new NoSuchElementException("the list has been sent");
      ByteArrayOutputStream piece = new ByteArrayOutputStream(PIECE_BYTES);
      while (hasNext() && piece.size() < PIECE_BYTES) {
        if (next > 0 && next < items.size()) piece.write(',');
        piece.writeBytes(part());
        next++;
      }
      return ByteString.fromArrayUnsafe(piece.toByteArray());
    }

    private byte[] part() {
      if (next < 0) return head;
      return next < items.size() ? items.get(next) : ListForm.TAIL;
    }
  }
}
