package io.ordinal.controller.setting;

import java.time.Duration;

/**
 * A section of the settings. What is wrong in it is refused by the full names of its keys, since
 * those are what people can mend.
 *
 * @param name such as {@code ordinal.sets}
 */
public record Section(String name) {
  /**
   * @throws IllegalArgumentException unless it is more than nothing
   */
  public void positive(String key, Duration value) {
    if (value.isNegative() || value.isZero()) throw wrong(key, "must be positive, is " + value);
  }

  /**
   * @throws IllegalArgumentException unless it is at least 1
   */
  public void positive(String key, long value) {
    if (value < 1) throw wrong(key, "must be positive, is " + value);
  }

  /**
   * @throws IllegalArgumentException unless it is more than nothing and at most the whole
   */
  public void share(String key, double value) {
    if (!(value > 0 && value <= 1)) throw wrong(key, "must be above 0 and at most 1, is " + value);
  }

  /**
   * @throws IllegalArgumentException when it exceeds the value of the other key
   */
  public <T extends Comparable<T>> void atMost(String key, T value, String other, T limit) {
    if (value.compareTo(limit) > 0) {
      throw wrong(key, "(%s) must not exceed %s (%s)".formatted(value, other, limit));
    }
  }

  /**
   * @throws IllegalArgumentException unless it is below the value of the other key
   */
  public <T extends Comparable<T>> void below(String key, T value, String other, T limit) {
    if (value.compareTo(limit) >= 0) {
      throw wrong(key, "(%s) must be below %s (%s)".formatted(value, other, limit));
    }
  }

  private IllegalArgumentException wrong(String key, String how) {
    return new IllegalArgumentException(name + "." + key + " " + how);
  }
}
