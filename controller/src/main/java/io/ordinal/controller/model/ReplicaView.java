package io.ordinal.controller.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The pod that stands under an ordinal of a set.
 *
 * @param terminating its deletion was asked for
 * @param readySince present when the pod is ready
 * @param unreadySince when it became unready, or was created; only meaningful when not ready
 * @param revision name of the revision that it was made from
 * @param drifted its labels or volumes are not what the set says, or a claim of it is missing
 */
public record ReplicaView(
    int ordinal,
    String podUid,
    Belonging belonging,
    Phase phase,
    boolean terminating,
    Optional<Instant> readySince,
    Instant unreadySince,
    String revision,
    boolean drifted) {

  /** How a pod with the right name stands to the set. */
  public enum Belonging {
    /** The set controls it, and its selector matches. */
    MEMBER,
    /** The set controls it, but its selector does not match any more: to be released. */
    STRAY,
    /** Nobody controls it, and the selector matches: to be adopted. */
    ADOPTABLE,
    /** Somebody else's, perhaps an earlier set's of the same name: it only takes the place. */
    FOREIGN
  }

  /** As in {@code status.phase}. */
  public enum Phase {
    PENDING,
    RUNNING,
    SUCCEEDED,
    FAILED,
    UNKNOWN;

    /** Whether the pod will never run again. */
    public boolean finished() {
      return switch (this) {
        case SUCCEEDED, FAILED -> true;
        case PENDING, RUNNING, UNKNOWN -> false;
      };
    }
  }

  public boolean member() {
    return belonging == Belonging.MEMBER;
  }

  public boolean runningAndReady() {
    return phase == Phase.RUNNING && readySince.isPresent();
  }

  /** Ready for long enough, whether or not it is being deleted. */
  public boolean readyFor(Duration minReady, Instant now) {
    return runningAndReady() && !readySince.get().plus(minReady).isAfter(now);
  }

  /** Counts as serving: ready for long enough and not being deleted. */
  public boolean availableAt(Instant now, Duration minReady) {
    return !terminating && readyFor(minReady, now);
  }
}
