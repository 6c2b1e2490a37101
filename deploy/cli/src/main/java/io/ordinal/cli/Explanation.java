package io.ordinal.cli;

/** What went wrong, in a line for people. */
final class Explanation {
  private Explanation() {}

  static String of(Throwable failure) {
    StringBuilder text = new StringBuilder(said(failure));
    Throwable cause = failure.getCause();
    while (cause != null) {
      if (text.indexOf(said(cause)) < 0) text.append(": ").append(said(cause));
      cause = cause.getCause();
    }
    return text.toString();
  }

  private static String said(Throwable failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
