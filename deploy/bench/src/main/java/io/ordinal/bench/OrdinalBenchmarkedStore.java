package io.ordinal.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Draft;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.raft.RaftObjectStore;
import io.ordinal.controller.store.raft.StoreSettings;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;

/** Ordinal's store with the settings as shipped, embedded as controllers have it. */
final class OrdinalBenchmarkedStore implements BenchmarkedStore {
  private static final ResourceName RESOURCE = new ResourceName("configmaps");
  private static final int KEYS = 10_000;
  private static final byte[] HEAD = "{\"metadata\":{\"resourceVersion\":\"".getBytes(UTF_8);
  private static final byte[] MIDDLE = "\"},\"data\":\"".getBytes(UTF_8);
  private static final byte[] TAIL = "\"}".getBytes(UTF_8);

  private final RaftObjectStore store;

  OrdinalBenchmarkedStore(Path directory) {
    StoreSettings settings =
        StoreSettings.from(
            ConfigFactory.parseString("port = 0")
                .withFallback(
                    ConfigFactory.parseResources("reference.conf").getConfig("ordinal.store")));
    if (!settings.fsync()) throw new IllegalStateException("expected fsync to be on");
    this.store = RaftObjectStore.start(settings, directory);
  }

  @Override
  public String title() {
    return "ordinal";
  }

  @Override
  public CompletionStage<?> put(int writer, long number, byte[] value) {
    ObjectKey key = new ObjectKey(RESOURCE, "bench", "key-" + number % KEYS);
    Operation put = new Operation.Put(key, draft(value), Condition.ANY);
    return store
        .commit(Transaction.of(put))
        .thenAccept(
            outcome -> {
              if (outcome instanceof Outcome.Refused refused)
                throw new IllegalStateException("refused: " + refused.found());
            });
  }

  /** As long as the value, so that both stores write as much. */
  private static Draft draft(byte[] value) {
    byte[] bytes = new byte[value.length];
    System.arraycopy(HEAD, 0, bytes, 0, HEAD.length);
    System.arraycopy(MIDDLE, 0, bytes, HEAD.length, MIDDLE.length);
    int body = HEAD.length + MIDDLE.length;
    int length = bytes.length - body - TAIL.length;
    System.arraycopy(value, 0, bytes, body, length);
    System.arraycopy(TAIL, 0, bytes, body + length, TAIL.length);
    return new Draft(bytes, HEAD.length, "", 0);
  }

  @Override
  public void close() {
    store.close();
  }
}
