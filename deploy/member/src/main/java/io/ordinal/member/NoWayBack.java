package io.ordinal.member;

/**
 * This member cannot run with its directory and its settings as they are: starting it again changes
 * nothing, a person must. The message says what.
 */
public final class NoWayBack extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoWayBack(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether a failure comes down to this. */
  public static boolean in(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof NoWayBack) return true;
    }
    return false;
  }
}
