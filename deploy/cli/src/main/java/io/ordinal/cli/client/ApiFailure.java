package io.ordinal.cli.client;

import java.io.IOException;

/** The server refused a request; the message is what kubectl would print. */
public final class ApiFailure extends IOException {
  private static final long serialVersionUID = 1L;
  private final int code;

  ApiFailure(int code, String message) {
    super(message);
    this.code = code;
  }

  /** The HTTP status. */
  public int code() {
    return code;
  }
}
