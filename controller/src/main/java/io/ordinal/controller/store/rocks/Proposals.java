package io.ordinal.controller.store.rocks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * Which proposals were applied already, by proposer: the highest number and the ones just below it.
 * Part of the state, so that every member tells a repeated entry alike, whatever it has forgotten
 * since. Used by the thread that applies.
 */
final class Proposals {
  /** Proposers are processes; one that is older than this many others has long ended. */
  private static final int KEPT = 256;

  private static final String PREFIX = "proposer\0";

  /**
   * @param below bit i is set when the number {@code highest - i} was applied
   * @param last index of the proposer's last entry
   */
  private record Seen(long highest, long below, long last) {
    static final Seen NOTHING = new Seen(0, 0, 0);

    boolean contains(long number) {
      long back = highest - number;
      return back >= Origin.WINDOW || (back >= 0 && (below >>> back & 1) == 1);
    }

    Seen with(long number, long index) {
      long ahead = number - highest;
      if (ahead <= 0) return new Seen(highest, below | 1L << -ahead, index);
      long moved = ahead >= Origin.WINDOW ? 0 : below << ahead;
      return new Seen(number, moved | 1, index);
    }

    byte[] encode() {
      return ByteBuffer.allocate(3 * Long.BYTES)
          .putLong(highest)
          .putLong(below)
          .putLong(last)
          .array();
    }

    static Seen decode(byte[] row) {
      ByteBuffer in = ByteBuffer.wrap(row);
      return new Seen(in.getLong(), in.getLong(), in.getLong());
    }
  }

  private final Database database;
  private final Map<UUID, Seen> seen = new HashMap<>();

  Proposals(Database database) {
    this.database = database;
    byte[] prefix = PREFIX.getBytes(UTF_8);
    try (ReadOptions options = new ReadOptions();
        RocksIterator row = database.iterate(Database.Column.META, options)) {
      for (row.seek(prefix); row.isValid(); row.next()) {
        String key = new String(row.key(), UTF_8);
        if (!key.startsWith(PREFIX)) break;
        seen.put(UUID.fromString(key.substring(PREFIX.length())), Seen.decode(row.value()));
      }
    }
  }

  boolean applied(Origin origin) {
    return seen.getOrDefault(origin.proposer(), Seen.NOTHING).contains(origin.number());
  }

  /** Notes it in the batch that applies it; to be called when nothing else can fail any more. */
  void note(WriteBatch batch, Origin origin, Position position) {
    Seen before = seen.getOrDefault(origin.proposer(), Seen.NOTHING);
    Seen after = before.with(origin.number(), position.index());
    seen.put(origin.proposer(), after);
    database.put(batch, Database.Column.META, key(origin.proposer()), after.encode());
    if (seen.size() > KEPT) forgetOldest(batch);
  }

  private void forgetOldest(WriteBatch batch) {
    UUID oldest =
        seen.entrySet().stream()
            .min(Map.Entry.comparingByValue(Comparator.comparingLong(Seen::last)))
            .orElseThrow()
            .getKey();
    seen.remove(oldest);
    database.delete(batch, Database.Column.META, key(oldest));
  }

  private static byte[] key(UUID proposer) {
    return (PREFIX + proposer).getBytes(UTF_8);
  }
}
