package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.StoreOverloaded;
import io.ordinal.controller.store.StoreUnavailable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.exceptions.ResourceUnavailableException;

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

  /** A failure of the group as the users of the store know it. */
  static RuntimeException refusal(Throwable failure) {
    Throwable cause = unwrapped(failure);
    if (cause instanceof StoreUnavailable unavailable) return unavailable;
    if (cause instanceof StoreOverloaded overloaded) return overloaded;
    if (cause instanceof ResourceUnavailableException)
      return new StoreOverloaded("the replicated log is busy: " + cause.getMessage());
    return new StoreUnavailable("the store cannot answer now: " + cause.getMessage(), cause);
  }

  /** What it says, and what its deepest cause does. */
  static String reason(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) deepest = deepest.getCause();
    String first = String.valueOf(failure.getMessage());
    String last = String.valueOf(deepest.getMessage());
    return first.contains(last) ? first : first + ": " + last;
  }

  static void throwIfFailed(RaftClientReply reply) {
    if (!reply.isSuccess()) throw refusal(reply.getException());
  }
}
