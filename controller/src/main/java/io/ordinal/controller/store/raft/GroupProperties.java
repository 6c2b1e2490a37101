package io.ordinal.controller.store.raft;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.RaftConfigKeys;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.util.SizeInBytes;
import org.apache.ratis.util.TimeDuration;

/** The settings of Ratis that follow from ours, and those that are traps when left alone. */
final class GroupProperties {
  /** What an entry needs around its transactions. */
  private static final int ENTRY_OVERHEAD = 64 << 10;

  private GroupProperties() {}

  /**
   * @param alone whether this member is the only one, as far as it knows: then it need not wait
   *     whether others lead already
   */
  static RaftProperties of(StoreSettings settings, Path directory, boolean alone) {
    RaftProperties properties = new RaftProperties();
    RaftServerConfigKeys.setStorageDir(properties, List.of(directory.toFile()));
    // The other transport has no readIndex, so no linearizable reads from a follower.
    RaftConfigKeys.Rpc.setType(properties, new PromptGrpc());
    GrpcConfigKeys.Server.setHost(properties, settings.endpoint().address());
    GrpcConfigKeys.Server.setPort(properties, settings.endpoint().port());
    log(properties, settings);
    timing(properties, settings.timing(), alone);
    // Ratis closes a server for good after a pause of the JVM (SIGSTOP, a suspended machine) of a
    // minute. A member that slept is a follower that must catch up, nothing worse.
    RaftServerConfigKeys.setCloseThreshold(properties, TimeDuration.valueOf(10_000, TimeUnit.DAYS));
    RaftServerConfigKeys.Read.setOption(properties, RaftServerConfigKeys.Read.Option.LINEARIZABLE);
    RaftServerConfigKeys.Read.setLeaderLeaseEnabled(properties, true);
    // A repeated write finds its first answer for as long as it may be repeated.
    RaftServerConfigKeys.RetryCache.setExpiryTime(
        properties, time(settings.timing().commitTimeout().plusSeconds(5)));
    RaftServerConfigKeys.RetryCache.setStatisticsExpiryTime(properties, seconds(5));
    snapshots(properties, settings.log());
    return properties;
  }

  private static void log(RaftProperties properties, StoreSettings settings) {
    int largestEntry =
        Math.max(settings.batch().bytes(), settings.queue().transactionBytes()) + ENTRY_OVERHEAD;
    // Left on, it doubles the number of entries.
    RaftServerConfigKeys.Log.setLogMetadataEnabled(properties, false);
    // Async flush may publish an index beyond what was forced to the disk.
    RaftServerConfigKeys.Log.setAsyncFlushEnabled(properties, false);
    RaftServerConfigKeys.Log.setUnsafeFlushEnabled(properties, !settings.fsync());
    RaftServerConfigKeys.Log.setSegmentSizeMax(properties, bytes(settings.log().segmentBytes()));
    RaftServerConfigKeys.Log.setPreallocatedSize(
        properties, bytes(Math.min(4L << 20, settings.log().segmentBytes())));
    RaftServerConfigKeys.Log.setSegmentCacheNumMax(properties, 2);
    RaftServerConfigKeys.Log.setSegmentCacheSizeMax(
        properties, bytes(2 * settings.log().segmentBytes()));
    RaftServerConfigKeys.Log.setWriteBufferSize(properties, bytes(largestEntry + 8));
    RaftServerConfigKeys.Log.Appender.setBufferByteLimit(properties, bytes(largestEntry));
    // The default of a millisecond caps a follower at a thousand appends a second.
    RaftServerConfigKeys.Log.Appender.setWaitTimeMin(properties, TimeDuration.ZERO);
    // Left on, a follower takes a request for known if it begins with an entry that is just being
    // written, and acknowledges the rest of it, which it never writes.
    RaftServerConfigKeys.Log.setAppendEntriesComposeEnabled(properties, false);
    // By default a member that was away for half a minute is left alone for five seconds more.
    String pause = settings.timing().callAgain().toMillis() + "ms";
    RaftServerConfigKeys.Log.Appender.setRetryPolicy(properties, "5ms,4, " + pause + ",1000000000");
  }

  private static void snapshots(RaftProperties properties, StoreSettings.Log log) {
    // Counts entries, of which coalescing leaves few; bytes trigger instead, see SnapshotTrigger.
    RaftServerConfigKeys.Snapshot.setAutoTriggerEnabled(properties, false);
    RaftServerConfigKeys.Snapshot.setTriggerWhenStopEnabled(properties, false);
    RaftServerConfigKeys.Snapshot.setCreationGap(properties, 1);
    RaftServerConfigKeys.Snapshot.setRetentionFileNum(properties, log.keptSnapshots());
    RaftServerConfigKeys.Log.setPurgeUptoSnapshotIndex(properties, true);
    RaftServerConfigKeys.Log.setPurgePreservationLogNum(properties, log.keptEntries());
    RaftServerConfigKeys.Log.setPurgeGap(properties, 1);
  }

  private static void timing(
      RaftProperties properties, StoreSettings.Timing timing, boolean alone) {
    RaftServerConfigKeys.Rpc.setTimeoutMin(properties, time(timing.electionMin()));
    RaftServerConfigKeys.Rpc.setTimeoutMax(properties, time(timing.electionMax()));
    Duration firstMax = alone ? timing.firstElectionMax() : timing.electionMax();
    Duration firstMin = alone ? timing.firstElectionMax().dividedBy(2) : timing.electionMin();
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMin(properties, time(firstMin));
    RaftServerConfigKeys.Rpc.setFirstElectionTimeoutMax(properties, time(firstMax));
    // A leader that lost its majority, or slept, stands for no election for this long. The default
    // of 10 s leaves a group without a leader when nobody else has its log.
    RaftServerConfigKeys.LeaderElection.setLeaderStepDownWaitTime(
        properties, time(timing.electionMax()));
    RaftServerConfigKeys.Read.setTimeout(properties, time(timing.commitTimeout()));
    // A new member that answers nothing for this long is not added.
    RaftServerConfigKeys.setStagingTimeout(properties, time(timing.commitTimeout()));
  }

  private static TimeDuration time(Duration duration) {
    return TimeDuration.valueOf(duration.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static TimeDuration seconds(int seconds) {
    return TimeDuration.valueOf(seconds, TimeUnit.SECONDS);
  }

  private static SizeInBytes bytes(long bytes) {
    return SizeInBytes.valueOf(bytes);
  }
}
