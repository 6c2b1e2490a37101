package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.SampleDocuments;
import io.ordinal.controller.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** A process that writes until it is killed, and says what was acknowledged. */
final class KilledWriter {
  static final int KEYS = 200;
  private static final int AT_ONCE = 64;

  private KilledWriter() {}

  /** Writes numbers from the second argument on into the store in the first. */
  public static void main(String[] arguments) throws InterruptedException {
    // Small limits, so that kills meet snapshots and purges too.
    StoreSettings settings =
        TestSettings.with(
            "log { snapshot-after = 1 MiB, segment = 1 MiB, kept-entries = 10 }\n"
                + "feed { window = 2000, purge-step = 500 }\n"
                + "rocks.write-buffer = 1 MiB");
    RaftObjectStore store = RaftObjectStore.start(settings, Path.of(arguments[0]));
    Semaphore room = new Semaphore(AT_ONCE);
    AtomicBoolean broken = new AtomicBoolean();
    for (long number = Long.parseLong(arguments[1]); !broken.get(); number++) {
      room.acquire();
      long written = number;
      store
          .commit(transaction(number))
          .whenComplete(
              (outcome, failure) -> {
                room.release();
                if (outcome instanceof Outcome.Committed)
                  System.out.println("acknowledged " + written + " .");
                else broken.set(true);
              });
    }
    System.exit(3);
  }

  private static Transaction transaction(long number) {
    String name = "k" + number % KEYS;
    return Transaction.of(
        new Operation.Put(
            SampleDocuments.pod("a", name),
            SampleDocuments.draft("u", number, "x".repeat(700)),
            Condition.ANY),
        new Operation.PutRecord(
            new RecordKey("replica", name),
            Long.toString(number).getBytes(StandardCharsets.UTF_8),
            RecordCondition.ANY));
  }
}
