package io.ordinal.tests.hosts;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Waits for facts. */
public final class Until {
  private static final long PERIOD_MILLIS = 50;

  private Until() {}

  /**
   * Looks again and again. A look that throws is one that did not find it.
   *
   * @return how long it took
   * @throws AssertionError when it is not so in time; says what the last look threw
   */
  public static Duration within(Duration patience, String what, Callable<Boolean> fact) {
    return within(patience, what, fact, () -> "");
  }

  /**
   * @param state said when it is not so in time
   */
  public static Duration within(
      Duration patience, String what, Callable<Boolean> fact, Supplier<String> state) {
    long begin = System.nanoTime();
    Throwable last = null;
    while (true) {
      try {
        if (fact.call()) return Duration.ofNanos(System.nanoTime() - begin);
        last = null;
      } catch (Exception | AssertionError notYet) {
        last = notYet;
      }
      if (System.nanoTime() - begin > patience.toNanos()) {
        throw new AssertionError("not within " + patience + ": " + what + "; " + state.get(), last);
      }
      pause(PERIOD_MILLIS);
    }
  }

  /** For the choice of a moment, never to wait for something. */
  public static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
