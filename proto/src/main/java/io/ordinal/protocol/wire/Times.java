package io.ordinal.protocol.wire;

import io.ordinal.protocol.wire.v1.DurationWire;
import io.ordinal.protocol.wire.v1.InstantWire;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Moments and durations on the wire, to the nanosecond. */
public final class Times {
  private Times() {}

  public static InstantWire toWire(Instant instant) {
    return InstantWire.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  /**
   * @throws UndecodableMessage when it is outside of what an Instant can be
   */
  public static Instant fromWire(InstantWire wire) {
    try {
      return Instant.ofEpochSecond(wire.getSeconds(), wire.getNanos());
    } catch (DateTimeException | ArithmeticException cause) {
      throw new UndecodableMessage("not a moment: " + wire.getSeconds() + " s", cause);
    }
  }

  public static DurationWire toWire(Duration duration) {
    return DurationWire.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }

  /**
   * @throws UndecodableMessage when it is outside of what a Duration can be
   */
  public static Duration fromWire(DurationWire wire) {
    try {
      return Duration.ofSeconds(wire.getSeconds(), wire.getNanos());
    } catch (ArithmeticException cause) {
      throw new UndecodableMessage("not a duration: " + wire.getSeconds() + " s", cause);
    }
  }
}
