package io.ordinal.member;

/**
 * Settings that cannot be used. The message is one line for people: the key, where it stands, what
 * was found there and what was expected.
 */
public final class WrongSettings extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  WrongSettings(String message) {
    super(message);
  }
}
