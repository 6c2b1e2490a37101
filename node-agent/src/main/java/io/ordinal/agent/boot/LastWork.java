package io.ordinal.agent.boot;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets go of a directory after the last work in it, and never before: the next agent must not find
 * anything half done, nor see it change. Who stops need not wait that long: the end of this process
 * ends the work and the claim together.
 */
final class LastWork {
  private static final Logger LOG = LoggerFactory.getLogger(LastWork.class);

  private LastWork() {}

  /** Something that waits or lets go. */
  interface Step {
    void run() throws Exception;
  }

  /**
   * Waits until both steps are done, but only so long; then they go on by themselves, and the log
   * says so. An interruption does not shorten it and is kept.
   *
   * @param work ends when the last work has
   * @param release lets go of the directory; not begun if the wait failed
   * @return whether the directory is free
   * @throws IllegalStateException when a step failed
   */
  static boolean thenRelease(Step work, Step release, Duration most) {
    CompletableFuture<Void> released = new CompletableFuture<>();
    Thread thread = new Thread(() -> run(work, release, released), "agent-release");
    thread.setDaemon(true);
    thread.start();
    try {
      released.copy().orTimeout(most.toMillis(), TimeUnit.MILLISECONDS).join();
      return true;
    } catch (CompletionException failed) {
      if (!(failed.getCause() instanceof TimeoutException)) {
        throw new IllegalStateException("the agent's directory is not let go", failed.getCause());
      }
    }
    LOG.warn(
        "Work of the stopped agent still runs after {}; its directory stays claimed until that has"
            + " ended, or this process has",
        most);
    released.whenComplete(
        (none, failure) -> {
          if (failure == null) LOG.info("The last work of the stopped agent has ended");
          else LOG.error("The directory of the stopped agent stays claimed", failure);
        });
    return false;
  }

  private static void run(Step work, Step release, CompletableFuture<Void> released) {
    try {
      work.run();
      release.run();
      released.complete(null);
    } catch (Exception failure) {
      released.completeExceptionally(failure);
    }
  }
}
