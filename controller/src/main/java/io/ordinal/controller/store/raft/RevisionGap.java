package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.Restored;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * How far a restore raises the revision: beyond everything that the former group can have written
 * after the backup, so that no revision, and no incarnation made of one, is ever given out twice.
 *
 * @param now when the former group is certain to write no more
 * @param mostPerSecond more changes than any group can make
 * @param asked by the operator instead, who knows better
 */
record RevisionGap(Instant now, long mostPerSecond, OptionalLong asked) {
  /** Clocks of the machines may differ by this much. */
  private static final Duration CLOCKS = Duration.ofHours(1);

  /**
   * @throws IOException when what was written since cannot be bounded
   */
  Restored after(BackupManifest backup, UUID group) throws IOException {
    long gap = asked.isPresent() ? asked.getAsLong() : bound(backup);
    if (gap < 1) throw new IOException("the revision must be raised, not by " + gap);
    long revision;
    try {
      revision = Math.addExact(backup.revision(), gap);
    } catch (ArithmeticException e) {
      throw new IOException("the revision cannot be raised by " + gap, e);
    }
    return new Restored(group, backup.group(), backup.asOf(), now, backup.revision(), revision);
  }

  private long bound(BackupManifest backup) throws IOException {
    Duration since = Duration.between(backup.asOf(), now);
    if (since.compareTo(CLOCKS.negated()) < 0 || !backup.asOf().isAfter(Instant.EPOCH))
      throw new IOException(
          "the backup is of "
              + backup.asOf()
              + ", but this machine's clock says "
              + now
              + ": how much was written since cannot be bounded; set the clock, or say by how much"
              + " the revision is to be raised");
    return Math.multiplyExact(since.plus(CLOCKS).toSeconds(), mostPerSecond);
  }
}
