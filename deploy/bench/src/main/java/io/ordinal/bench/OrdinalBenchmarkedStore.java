package io.ordinal.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.Config;
import io.ordinal.controller.boot.OpenStore;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Draft;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.Transaction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Ordinal's store with the settings as shipped, embedded as controllers have it; the other members
 * run in processes of their own, and this one leads.
 */
final class OrdinalBenchmarkedStore implements BenchmarkedStore {
  private static final ResourceName RESOURCE = new ResourceName("configmaps");
  private static final int KEYS = 10_000;
  private static final byte[] HEAD = "{\"metadata\":{\"resourceVersion\":\"".getBytes(UTF_8);
  private static final byte[] MIDDLE = "\"},\"data\":\"".getBytes(UTF_8);
  private static final byte[] TAIL = "\"}".getBytes(UTF_8);

  private final OpenStore store;
  private final List<StoreBenchMember> others = new ArrayList<>();

  OrdinalBenchmarkedStore(Path directory, int members) throws Exception {
    Config config = StoreBenchMember.config();
    if (!config.getBoolean("ordinal.store.fsync"))
      throw new IllegalStateException("expected fsync to be on");
    this.store = OpenStore.open(config, directory.resolve("0"));
    for (int i = 1; i < members; i++) add(directory.resolve(Integer.toString(i)));
  }

  private void add(Path directory) throws Exception {
    StoreBenchMember other = StoreBenchMember.start(directory, store.group().id());
    others.add(other);
    store.group().add(other.member()).toCompletableFuture().get(60, TimeUnit.SECONDS);
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
        .store()
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
  public void close() throws InterruptedException {
    boolean led = store.group().leader().filter(store.group().self()::equals).isPresent();
    if (!led) System.out.println("the lead changed while it was measured");
    for (StoreBenchMember other : others) other.close();
    store.close();
  }
}
