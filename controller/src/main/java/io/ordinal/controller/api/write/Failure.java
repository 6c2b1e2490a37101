package io.ordinal.controller.api.write;

import io.ordinal.controller.api.http.StatusException;
import java.util.concurrent.CompletionException;

/** What a failed stage means. */
final class Failure {
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  private Failure() {}

  static boolean isNotFound(Throwable failure) {
    return isRefused(failure, NOT_FOUND);
  }

  static boolean isConflict(Throwable failure) {
    return isRefused(failure, CONFLICT);
  }

  private static boolean isRefused(Throwable failure, int code) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof StatusException refused && refused.status().code() == code;
  }
}
