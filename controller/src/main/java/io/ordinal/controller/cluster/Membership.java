package io.ordinal.controller.cluster;

import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.StoreUnavailable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How it goes with one actor system's place in the cluster. */
public final class Membership {
  private final CompletableFuture<Long> formed = new CompletableFuture<>();
  private final CompletableFuture<String> outdated = new CompletableFuture<>();

  /** Version of the record of the formation that it is in; 0 before. */
  private volatile long entered;

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

  /**
   * Holds in the store as long as the formation that this actor system is in is the present one.
   *
   * @throws StoreUnavailable while it is in none
   */
  public Operation present() {
    if (entered == 0) throw new StoreUnavailable("this controller is in no formation", null);
    return new Operation.ExpectRecord(FormationRecord.KEY, RecordCondition.at(entered));
  }

  /**
   * @param version of the record of the formation
   */
  void enter(long version) {
    entered = version;
  }

  void form(long number) {
    formed.complete(number);
  }

  void outdate(String reason) {
    outdated.complete(reason);
  }
}
