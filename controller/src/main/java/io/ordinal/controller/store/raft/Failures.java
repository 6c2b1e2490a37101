package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.StoreUnavailable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** What callers see of failures that came through futures. */
final class Failures {
  private Failures() {}

  static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null)
      cause = cause.getCause();
    if (cause instanceof TimeoutException)
      return new StoreUnavailable("the store did not answer in time", cause);
    return cause;
  }
}
