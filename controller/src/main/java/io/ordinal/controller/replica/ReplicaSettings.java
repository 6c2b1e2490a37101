package io.ordinal.controller.replica;

import com.typesafe.config.Config;
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

  public ReplicaSettings {
    positive("place-again", placeAgain);
    positive("start-again", startAgain);
    positive("stop-again", stopAgain);
    positive("look-again", lookAgain);
    positive("idle", idle);
    positive("restart-min", restartMin);
    positive("scan", scan);
    positive("scan-soon", scanSoon);
    positive("address-patience", addressPatience);
    if (passOver.compareTo(addressPatience) < 0) {
      throw new IllegalArgumentException(
          "ordinal.replica.pass-over (%s) must not be below address-patience (%s)"
              .formatted(passOver, addressPatience));
    }
    if (shards < 1) throw new IllegalArgumentException("ordinal.replica.shards must be positive");
    if (scansSoon < 1)
      throw new IllegalArgumentException("ordinal.replica.scans-soon must be positive");
    if (restartMin.compareTo(restartMax) > 0) {
      throw new IllegalArgumentException(
          "ordinal.replica.restart-min ("
              + restartMin
              + ") must not exceed restart-max ("
              + restartMax
              + ")");
    }
    if (askTimeout.compareTo(restartMin) <= 0) {
      throw new IllegalArgumentException(
          "ordinal.replica.ask-timeout ("
              + askTimeout
              + ") must exceed restart-min ("
              + restartMin
              + ")");
    }
  }

  private static void positive(String key, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(
          "ordinal.replica." + key + " must be positive, is " + value);
    }
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
