package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.StoreOverloaded;
import io.ordinal.controller.store.Transaction;
import java.util.Optional;

/**
 * Keeps the disk from filling up: beyond the quota only reads, deletes and control traffic (which
 * rewrites small records in place, and without which nothing could be deleted) are accepted.
 */
final class StoreQuota {
  private final StoreSettings.Quota settings;
  private volatile Optional<String> exceeded = Optional.empty();

  StoreQuota(StoreSettings.Quota settings) {
    this.settings = settings;
  }

  /** Takes notice of what was measured. */
  void measured(long databaseBytes, long freeDiskBytes) {
    if (databaseBytes > settings.databaseBytes()) {
      exceeded =
          Optional.of(
              "it holds "
                  + databaseBytes
                  + " bytes, more than ordinal.store.quota.database ("
                  + settings.databaseBytes()
                  + ")");
    } else if (freeDiskBytes < settings.freeDiskBytes()) {
      exceeded =
          Optional.of(
              freeDiskBytes
                  + " bytes are free on its disk, less than ordinal.store.quota.free-disk ("
                  + settings.freeDiskBytes()
                  + ")");
    } else {
      exceeded = Optional.empty();
    }
  }

  /** Why the transaction is not accepted now, if it is not. */
  Optional<StoreOverloaded> objection(Transaction transaction) {
    if (exceeded.isEmpty() || isControl(transaction)) return Optional.empty();
    boolean grows =
        transaction.operations().stream()
            .anyMatch(
                step -> step instanceof Operation.Put || step instanceof Operation.PutIfAbsent);
    if (!grows) return Optional.empty();
    return exceeded.map(
        why ->
            new StoreOverloaded("the store is full, only deletes and reads are accepted: " + why));
  }

  /** Private records are how controllers keep leases, sessions and replicas. */
  static boolean isControl(Transaction transaction) {
    return transaction.operations().stream()
        .anyMatch(
            step ->
                step instanceof Operation.PutRecord
                    || step instanceof Operation.DeleteRecord
                    || step instanceof Operation.ExpectRecord);
  }
}
