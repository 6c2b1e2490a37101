package io.ordinal.controller.store.raft;

import com.typesafe.config.Config;
import io.ordinal.controller.store.rocks.Origin;
import io.ordinal.controller.store.rocks.RocksSettings;
import java.time.Duration;

/** {@code ordinal.store}; what each key does stands in {@code reference.conf}. */
public record StoreSettings(
    Endpoint endpoint,
    boolean fsync,
    Batch batch,
    Queue queue,
    Reads reads,
    Feed feed,
    Log log,
    Quota quota,
    Timing timing,
    RocksSettings rocks,
    long mostChangesPerSecond) {

  public StoreSettings {
    atLeast(1, mostChangesPerSecond, "restore.most-changes-per-second");
  }

  /** Where the other members of the group reach this one. */
  public record Endpoint(String address, int port) {
    public Endpoint {
      if (port < 0 || port > 65535)
        throw new IllegalArgumentException("ordinal.store.port (" + port + ") is not a port");
    }
  }

  /** How waiting transactions share entries of the log. */
  public record Batch(int bytes, int operations, int inFlight) {
    /** A part of what the state can tell apart; the rest is for entries that overtake. */
    static final int MOST_IN_FLIGHT = Origin.WINDOW / 4;

    public Batch {
      atLeast(1024, bytes, "batch.bytes");
      atLeast(1, operations, "batch.operations");
      atLeast(1, inFlight, "batch.in-flight");
      if (inFlight > MOST_IN_FLIGHT)
        throw new IllegalArgumentException(
            "ordinal.store.batch.in-flight ("
                + inFlight
                + ") must be at most "
                + MOST_IN_FLIGHT
                + ", or the store could take an entry for one that it has applied already");
    }
  }

  /** What may wait. */
  public record Queue(int transactions, long bytes, int transactionBytes) {
    public Queue {
      atLeast(1, transactions, "queue.transactions");
      atLeast(1024, transactionBytes, "queue.transaction-bytes");
      atLeast(transactionBytes, bytes, "queue.bytes");
    }
  }

  public record Reads(int threads, int waiting) {
    public Reads {
      atLeast(1, threads, "reads.threads");
      atLeast(1, waiting, "reads.waiting");
    }
  }

  /** How many changes watchers can go back. */
  public record Feed(long window, long purgeStep) {
    public Feed {
      atLeast(1, window, "feed.window");
      atLeast(1, purgeStep, "feed.purge-step");
    }
  }

  public record Log(
      long snapshotAfterBytes, int keptSnapshots, long keptEntries, long segmentBytes) {
    public Log {
      atLeast(1, snapshotAfterBytes, "log.snapshot-after");
      atLeast(1, keptSnapshots, "log.kept-snapshots");
      atLeast(0, keptEntries, "log.kept-entries");
      atLeast(1 << 20, segmentBytes, "log.segment");
    }
  }

  public record Quota(long databaseBytes, long freeDiskBytes, Duration checkEvery) {
    public Quota {
      atLeast(1, databaseBytes, "quota.database");
      atLeast(0, freeDiskBytes, "quota.free-disk");
    }
  }

  public record Timing(
      Duration electionMin,
      Duration electionMax,
      Duration firstElectionMax,
      Duration callAgain,
      Duration lines,
      Duration reach,
      Duration commitTimeout,
      Duration leaderless,
      Duration joinTimeout,
      Duration startTimeout) {
    public Timing {
      if (electionMin.compareTo(electionMax) >= 0)
        throw new IllegalArgumentException(
            "ordinal.store.timing.election-min ("
                + electionMin
                + ") must be below ordinal.store.timing.election-max ("
                + electionMax
                + ")");
      atLeast(1, callAgain.toMillis(), "timing.call-again");
      atLeast(1, lines.toMillis(), "timing.lines");
      atLeast(1, reach.toMillis(), "timing.reach");
    }
  }

  /** Reads the section {@code ordinal.store}. */
  public static StoreSettings from(Config store) {
    return new StoreSettings(
        new Endpoint(store.getString("address"), store.getInt("port")),
        store.getBoolean("fsync"),
        new Batch(
            size(store, "batch.bytes"),
            store.getInt("batch.operations"),
            store.getInt("batch.in-flight")),
        new Queue(
            store.getInt("queue.transactions"),
            store.getBytes("queue.bytes"),
            size(store, "queue.transaction-bytes")),
        new Reads(store.getInt("reads.threads"), store.getInt("reads.waiting")),
        new Feed(store.getLong("feed.window"), store.getLong("feed.purge-step")),
        log(store.getConfig("log")),
        new Quota(
            store.getBytes("quota.database"),
            store.getBytes("quota.free-disk"),
            store.getDuration("quota.check-every")),
        timing(store.getConfig("timing")),
        new RocksSettings(store.getBytes("rocks.cache"), store.getBytes("rocks.write-buffer")),
        store.getLong("restore.most-changes-per-second"));
  }

  private static Log log(Config log) {
    return new Log(
        log.getBytes("snapshot-after"),
        log.getInt("kept-snapshots"),
        log.getLong("kept-entries"),
        log.getBytes("segment"));
  }

  private static Timing timing(Config timing) {
    return new Timing(
        timing.getDuration("election-min"),
        timing.getDuration("election-max"),
        timing.getDuration("first-election-max"),
        timing.getDuration("call-again"),
        timing.getDuration("lines"),
        timing.getDuration("reach"),
        timing.getDuration("commit"),
        timing.getDuration("leaderless"),
        timing.getDuration("join"),
        timing.getDuration("start"));
  }

  private static int size(Config store, String key) {
    return Math.toIntExact(store.getBytes(key));
  }

  private static void atLeast(long least, long value, String key) {
    if (value < least)
      throw new IllegalArgumentException(
          "ordinal.store." + key + " (" + value + ") must be at least " + least);
  }
}
