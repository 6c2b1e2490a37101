package io.ordinal.controller.api.stream;

import java.util.concurrent.CompletionException;

/** Why something failed, for people. */
final class Failure {
  private Failure() {}

  static Throwable cause(Throwable failure) {
    boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
    return wrapped ? failure.getCause() : failure;
  }

  static String text(Throwable failure) {
    Throwable cause = cause(failure);
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }
}
