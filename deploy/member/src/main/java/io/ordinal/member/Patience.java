package io.ordinal.member;

import io.ordinal.controller.store.StoreOverloaded;
import io.ordinal.controller.store.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For how long a start asks the store again: it answers late right after an election, or where the
 * machine is busy.
 *
 * @param until the last time at which it is asked
 * @param pause before it is asked again
 */
record Patience(Instant until, Duration pause, InstantSource clock) {
  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

  /**
   * Blocks until the store answers, or the time is over.
   *
   * @param question what may be asked any number of times
   * @throws StoreUnavailable or {@link StoreOverloaded}: its last word when the time is over
   * @throws RuntimeException any other failure, at once
   */
  <T> T answer(Supplier<CompletionStage<T>> question) {
    try {
      while (true) {
        RuntimeException refusal;
        try {
          return question.get().toCompletableFuture().get();
        } catch (ExecutionException failed) {
          refusal = unwrapped(failed);
        } catch (StoreUnavailable | StoreOverloaded failed) {
          refusal = failed;
        }
        if (!passes(refusal) || clock.instant().plus(pause).isAfter(until)) throw refusal;
        LOG.warn("the store is asked again: {}", refusal.toString());
        Thread.sleep(pause.toMillis());
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting", stopping);
    }
  }

  private static boolean passes(RuntimeException refusal) {
    return refusal instanceof StoreUnavailable || refusal instanceof StoreOverloaded;
  }

  private static RuntimeException unwrapped(Throwable failure) {
    Throwable cause = failure;
    boolean wraps = true;
    while (wraps && cause.getCause() != null) {
      cause = cause.getCause();
      wraps = cause instanceof CompletionException || cause instanceof ExecutionException;
    }
    return cause instanceof RuntimeException plain ? plain : new CompletionException(cause);
  }
}
