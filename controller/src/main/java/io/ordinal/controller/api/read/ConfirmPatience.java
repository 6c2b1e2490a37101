package io.ordinal.controller.api.read;

import java.time.Duration;

/**
 * How long a read waits for the store to confirm that it is the newest.
 *
 * @param first from the moment at which the majority was lost: an outage is waited for once
 * @param least what a read waits during an outage that lasts
 */
public record ConfirmPatience(Duration first, Duration least) {
  public ConfirmPatience {
    if (least.isNegative() || least.isZero() || least.compareTo(first) > 0) {
      throw new IllegalArgumentException(
          "ordinal.api.confirm-least (%s) must be positive and not exceed confirm-patience (%s)"
              .formatted(least, first));
    }
  }

  /**
   * @param age time since a majority was last heard of
   */
  Duration at(Duration age) {
    Duration left = first.minus(age);
    return left.compareTo(least) < 0 ? least : left;
  }
}
