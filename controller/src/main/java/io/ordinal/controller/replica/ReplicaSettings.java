package io.ordinal.controller.replica;

import com.typesafe.config.Config;
import io.ordinal.controller.setting.Section;
import java.time.Duration;

/** {@code ordinal.replica}. */
public record ReplicaSettings(
    int shards,
    Duration placeAgain,
    Duration startAgain,
    Duration stopAgain,
    Duration stopOverdue,
    Duration lookAgain,
    Duration idle,
    Duration restartMin,
    Duration restartMax,
    Duration askTimeout,
    Duration scan,
    Duration scanSoon,
    int scansSoon,
    Duration addressPatience,
    Duration passOver) {

  private static final Section OURS = new Section("ordinal.replica");

  public ReplicaSettings {
    OURS.positive("place-again", placeAgain);
    OURS.positive("start-again", startAgain);
    OURS.positive("stop-again", stopAgain);
    OURS.positive("look-again", lookAgain);
    OURS.positive("idle", idle);
    OURS.positive("restart-min", restartMin);
    OURS.positive("scan", scan);
    OURS.positive("scan-soon", scanSoon);
    OURS.positive("address-patience", addressPatience);
    OURS.atMost("address-patience", addressPatience, "pass-over", passOver);
    OURS.positive("shards", shards);
    OURS.positive("scans-soon", scansSoon);
    OURS.atMost("restart-min", restartMin, "restart-max", restartMax);
    OURS.below("restart-min", restartMin, "ask-timeout", askTimeout);
  }

  /**
   * @param replica the section {@code ordinal.replica}
   */
  public static ReplicaSettings from(Config replica) {
    return new ReplicaSettings(
        replica.getInt("shards"),
        replica.getDuration("place-again"),
        replica.getDuration("start-again"),
        replica.getDuration("stop-again"),
        replica.getDuration("stop-overdue"),
        replica.getDuration("look-again"),
        replica.getDuration("idle"),
        replica.getDuration("restart-min"),
        replica.getDuration("restart-max"),
        replica.getDuration("ask-timeout"),
        replica.getDuration("scan"),
        replica.getDuration("scan-soon"),
        replica.getInt("scans-soon"),
        replica.getDuration("address-patience"),
        replica.getDuration("pass-over"));
  }

  /** How long a replica waits before it looks again at what this state waits for. */
  Duration patience(ReplicaState state) {
    return state.match(
        new ReplicaState.Cases<>() {
          @Override
          public Duration vacant(ReplicaState.Vacant vacant) {
            return idle;
          }

          @Override
          public Duration pending(ReplicaState.Pending pending) {
            return placeAgain;
          }

          @Override
          public Duration placed(ReplicaState.Placed placed) {
            return placed.stay().noted() == 0 ? startAgain : lookAgain;
          }

          @Override
          public Duration releasing(ReplicaState.Releasing releasing) {
            return stopAgain;
          }

          @Override
          public Duration ended(ReplicaState.Ended ended) {
            return lookAgain;
          }
        });
  }
}
