package io.ordinal.agent.driver;

import java.time.Duration;
import java.util.Optional;

/**
 * By when every fenced run of this node must have ended. Launchers hold it too, so it stands on
 * disk, and must be set before the first fenced run is started.
 */
public interface Deadline {
  /**
   * Moves the deadline. Quick, but writes a file: not for an actor's thread.
   *
   * @param sinceBoot on {@link BootClock}
   */
  void moveTo(Duration sinceBoot);

  /**
   * As far away as the file can say: a planned stop, during which nobody fences the session. Moved
   * to by {@link #moveTo} like any other.
   */
  Duration LIFTED = Duration.ofDays(36_500);

  /** As it stands for this boot of the machine; empty when none does. Reads a file. */
  Optional<Duration> current();
}
