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

  static void throwIfFailed(RaftClientReply reply) {
    if (!reply.isSuccess()) throw refusal(reply.getException());
  }
}
