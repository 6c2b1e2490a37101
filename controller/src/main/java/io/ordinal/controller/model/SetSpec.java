package io.ordinal.controller.model;

import io.ordinal.protocol.id.SetKey;
import java.time.Duration;

/**
 * What a set asks for, as the planner needs it.
 *
 * @param deleting deletion was asked for: nothing is begun or ended any more
 * @param start the lowest ordinal
 * @param ordered OrderedReady rather than Parallel
 * @param minReady how long a replica must have been ready to count as available
 */
public record SetSpec(
    SetKey key,
    String uid,
    long generation,
    boolean deleting,
    int start,
    int replicas,
    boolean ordered,
    UpdateRule update,
    Duration minReady,
    ClaimRetention retention) {
  public SetSpec {
    if (start < 0 || replicas < 0) {
      throw new IllegalArgumentException(
          "start and replicas of " + key + " must not be negative: " + start + ", " + replicas);
    }
  }

  /** Whether the set wants a replica of this ordinal. */
  public boolean wants(int ordinal) {
    return ordinal >= start && ordinal < start + replicas;
  }

  /** How replicas of an older template are brought to the newest one. */
  public sealed interface UpdateRule {
    /** Only when somebody deletes them. */
    record OnDelete() implements UpdateRule {}

    /**
     * From the highest ordinal down.
     *
     * @param partition how many of the lowest ordinals stay at the current revision
     * @param maxUnavailable at least 1
     */
    record Rolling(int partition, int maxUnavailable) implements UpdateRule {
      public Rolling {
        if (maxUnavailable < 1) {
          throw new IllegalArgumentException("maxUnavailable counts from 1: " + maxUnavailable);
        }
      }
    }
  }

  /** Whether claims go with their replica when the set shrinks, and with the set when it goes. */
  public record ClaimRetention(boolean deleteWhenScaled, boolean deleteWhenDeleted) {
    public static final ClaimRetention RETAIN = new ClaimRetention(false, false);
  }
}
