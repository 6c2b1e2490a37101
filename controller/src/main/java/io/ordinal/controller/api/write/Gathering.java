package io.ordinal.controller.api.write;

import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.StatusException;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/**
 * A body that is coming. What comes after it was refused is thrown away: an answer in the middle
 * would close the connection, and a client that still writes might never read it.
 */
final class Gathering {
  private final BodyRoom.Place place;
  private final long limitBytes;
  private ByteString bytes = ByteString.emptyByteString();
  private long seen;
  private Optional<StatusException> refusal = Optional.empty();

  Gathering(BodyRoom.Place place, long limitBytes) {
    this.place = place;
    this.limitBytes = limitBytes;
  }

  /** Throws a StatusException when the body is so large that its end is not waited for. */
  synchronized void add(ByteString more) {
    seen += more.size();
    if (refusal.isEmpty()) keep(more);
    else if (seen > limitBytes * Bodies.FAR) throw refusal.get();
  }

  private void keep(ByteString more) {
    try {
      if (seen > limitBytes) throw Refusal.tooLarge(limitBytes);
      place.add(more.size());
      bytes = bytes.concat(more);
    } catch (StatusException refused) {
      refusal = Optional.of(refused);
      bytes = ByteString.emptyByteString();
      place.leave();
    }
  }

  synchronized ByteString bytes() {
    return bytes;
  }

  /** Why the body is not taken. */
  synchronized Optional<StatusException> refusal() {
    return refusal;
  }
}
