package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.StoreOverloaded;
import io.ordinal.controller.store.Transaction;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Keeps the disk from filling up: beyond the quota only reads, deletes and control traffic (which
 * rewrites small records in place, and without which nothing could be deleted) are accepted. A
 * control transaction that adds an object to a namespace, such as a pod, is as ordinary as any;
 * nodes may register.
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
    if (exceeded.isEmpty()) return Optional.empty();
    Predicate<Operation> growth =
        isControl(transaction) ? StoreQuota::addsToNamespace : StoreQuota::writes;
    boolean grows = transaction.operations().stream().anyMatch(growth);
    if (!grows) return Optional.empty();
    return exceeded.map(
        why ->
            new StoreOverloaded("the store is full, only deletes and reads are accepted: " + why));
  }

  private static boolean writes(Operation step) {
    return step instanceof Operation.Put || step instanceof Operation.PutIfAbsent;
  }

  private static boolean addsToNamespace(Operation step) {
    if (step instanceof Operation.PutIfAbsent put) return !put.key().namespace().isEmpty();
    return step instanceof Operation.Put put
        && put.condition() instanceof Condition.Absent
        && !put.key().namespace().isEmpty();
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
