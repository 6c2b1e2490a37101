package io.ordinal.controller.api;

import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.Status;
import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.store.StoreOverloaded;
import io.ordinal.controller.store.StoreUnavailable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says for every failure what the client gets. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  static HttpResponse answer(String request, Throwable failure) {
    return Answer.status(status(request, failure));
  }

  private static Status status(String request, Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null)
      cause = cause.getCause();
    if (cause instanceof StatusException refused) return refused.status();
    if (cause instanceof StoreOverloaded) {
      return Refusal.tooMany("the store has too many writes waiting, please try again later")
          .status();
    }
    if (cause instanceof StoreUnavailable) {
      return Refusal.unavailable("the store cannot answer now: " + cause.getMessage()).status();
    }
    if (cause instanceof TimeoutException) {
      return Refusal.timeout("request did not complete within the allotted timeout").status();
    }
    LOG.error("{} failed", request, cause);
    return Refusal.internal(cause.toString()).status();
  }
}
