package io.ordinal.controller.api.access;

/**
 * Whether somebody may do something.
 *
 * @param reason why they may; may be empty
 */
public record Ruling(boolean allowed, String reason) {
  /** Without a reason: nothing allows it. */
  public static final Ruling REFUSED = new Ruling(false, "");

  static Ruling allowed(String reason) {
    return new Ruling(true, reason);
  }
}
