package io.ordinal.protocol.wire;

/** Bytes that lack something that is needed, or are not what they were said to be. */
public final class UndecodableMessage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UndecodableMessage(String message) {
    super(message);
  }

  public UndecodableMessage(String message, Throwable cause) {
    super(message, cause);
  }
}
