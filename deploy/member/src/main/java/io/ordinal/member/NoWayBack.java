package io.ordinal.member;

import io.ordinal.controller.store.StoreLeft;

/**
 * This member cannot run with its directory and its settings as they are: starting it again changes
 * nothing, a person must. The message says what.
 */
public final class NoWayBack extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoWayBack(String message, Throwable cause) {
    super(message, cause);
  }

  /** Whether a failure comes down to this, or to a store that this controller has no part in. */
  public static boolean in(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof NoWayBack || each instanceof StoreLeft) return true;
    }
    return false;
  }
}
