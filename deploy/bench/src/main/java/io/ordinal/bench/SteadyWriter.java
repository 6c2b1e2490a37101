package io.ordinal.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ordinal.controller.boot.OpenStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.Transaction;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Writes one record after the other, and prints the times in which it could not. */
final class SteadyWriter {
  private static final long PAUSE_MS = 10;
  private static final long WORTH_TELLING_MS = 150;

  private final OpenStore store;
  private final RecordKey key;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private long last = System.currentTimeMillis();
  private boolean wrote;
  private boolean led;

  SteadyWriter(OpenStore store) {
    this.store = store;
    this.key = new RecordKey("bench", store.group().self().toString());
  }

  void start() {
    System.out.println("group " + store.group().id());
    store.led().thenRun(() -> thread.execute(this::write));
  }

  private void write() {
    byte[] now = Long.toString(last).getBytes(UTF_8);
    store
        .store()
        .commit(Transaction.of(new Operation.PutRecord(key, now, RecordCondition.ANY)))
        .whenComplete((outcome, failure) -> thread.execute(() -> answered(failure)));
  }

  private void answered(Throwable failure) {
    long now = System.currentTimeMillis();
    if (failure == null) {
      if (!wrote) System.out.println("writes");
      else if (now - last > WORTH_TELLING_MS) System.out.println("gap " + last + " " + now);
      wrote = true;
      last = now;
    }
    boolean leads = store.group().leader().filter(store.group().self()::equals).isPresent();
    if (leads != led) System.out.println("leads " + leads);
    led = leads;
    thread.schedule(this::write, PAUSE_MS, TimeUnit.MILLISECONDS);
  }
}
