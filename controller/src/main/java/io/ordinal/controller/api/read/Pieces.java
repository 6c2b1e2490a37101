package io.ordinal.controller.api.read;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** A list as it goes over the wire: a head, documents with commas between them, a tail. */
final class Pieces {
  private static final int PIECE_BYTES = 64 * 1024;

  private final byte[] head;
  private final List<byte[]> documents;
  private final byte[] tail = "]}\n".getBytes(StandardCharsets.UTF_8);

  Pieces(String head, List<byte[]> documents) {
    this.head = head.getBytes(StandardCharsets.UTF_8);
    this.documents = documents;
  }

  long length() {
    long length = head.length + tail.length + Math.max(0, documents.size() - 1);
    for (byte[] each : documents) length += each.length;
    return length;
  }

  /** May be run once or several times. */
  Source<ByteString, NotUsed> source() {
    return Source.fromIterator(Walk::new);
  }

  /** Joins small documents, so that a stream of many costs no more than its bytes. */
  private final class Walk implements Iterator<ByteString> {
    private int next = -1; // -1 is the head, documents.size() the tail.

    @Override
    public boolean hasNext() {
      return next <= documents.size();
    }

    @Override
    public ByteString next() {
      if (!hasNext()) throw new NoSuchElementException("the list has been sent");
      ByteArrayOutputStream piece = new ByteArrayOutputStream(PIECE_BYTES);
      while (hasNext() && piece.size() < PIECE_BYTES) {
        if (next > 0 && next < documents.size()) piece.write(',');
        piece.writeBytes(part());
        next++;
      }
      return ByteString.fromArrayUnsafe(piece.toByteArray());
    }

    private byte[] part() {
      if (next < 0) return head;
      return next < documents.size() ? documents.get(next) : tail;
    }
  }
}
