package io.ordinal.controller.cluster;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How it goes with one actor system's place in the cluster. */
public final class Membership {
  private final CompletableFuture<Long> formed = new CompletableFuture<>();
  private final CompletableFuture<String> outdated = new CompletableFuture<>();

  /** Completes with the formation's number when this actor system is up in it. */
  public CompletionStage<Long> formed() {
    return formed.minimalCompletionStage();
  }

  /**
   * Completes with the reason when this actor system is not part of the cluster any more. Nothing
   * else happens to it; whoever made it makes a new one.
   */
  public CompletionStage<String> outdated() {
    return outdated.minimalCompletionStage();
  }

  void form(long number) {
    formed.complete(number);
  }

  void outdate(String reason) {
    outdated.complete(reason);
  }
}
