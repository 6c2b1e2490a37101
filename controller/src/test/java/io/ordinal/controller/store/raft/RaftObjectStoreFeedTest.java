package io.ordinal.controller.store.raft;

import static io.ordinal.controller.store.SampleDocuments.draft;
import static io.ordinal.controller.store.SampleDocuments.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.store.Change;
import io.ordinal.controller.store.Compacted;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RaftObjectStoreFeedTest {
  private static final ResourceName PODS = new ResourceName("pods");
  private static final ResourceName SERVICES = new ResourceName("services");
  private static final int WRITERS = 8;
  private static final int WRITES = 200;
  private static final int MOST_AT_ONCE = 3;
  private static final int SMALL = 500;

  @TempDir Path directory;

  private RaftObjectStore store;

  /** So that a slow reader finds all that is written. */
  @BeforeEach
  void start() {
    start(WRITERS * WRITES * MOST_AT_ONCE);
  }

  private void start(int window) {
    store =
        RaftObjectStore.start(
            TestSettings.with("feed { window = %d, purge-step = 100 }".formatted(window)),
            directory);
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** Each write waits for the one before it. */
  private CompletableFuture<Void> writer(int writer, Random random) {
    CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    for (int i = 0; i < WRITES; i++) {
      Operation[] operations = new Operation[1 + random.nextInt(MOST_AT_ONCE)];
      for (int step = 0; step < operations.length; step++)
        operations[step] =
            new Operation.Put(
                pod("w" + writer, "x" + random.nextInt(5)), draft("u", i, "v"), Condition.ANY);
      last =
          last.thenCompose(done -> store.commit(Transaction.of(operations)))
              .thenAccept(outcome -> assertThat(outcome).isInstanceOf(Outcome.Committed.class));
    }
    return last;
  }

  private List<Change> next(Revision after) throws ExecutionException, InterruptedException {
    return store
        .read(Freshness.LOCAL, view -> changes(view, after))
        .toCompletableFuture()
        .get()
        .orElseThrow(() -> new AssertionError("compacted though read at once"));
  }

  private static Optional<List<Change>> changes(View view, Revision after) {
    try {
      return Optional.of(view.changes(PODS, "", after, 100));
    } catch (Compacted e) {
      return Optional.empty();
    }
  }

  @Test
  void a_watcher_sees_every_revision_once_and_in_order() throws Exception {
    Semaphore hint = new Semaphore(0);
    List<Long> seen = new ArrayList<>();
    try (AutoCloseable subscription = store.onChange(revision -> hint.release())) {
      CompletableFuture<?>[] writers = new CompletableFuture<?>[WRITERS];
      for (int i = 0; i < WRITERS; i++) writers[i] = writer(i, new Random(i));
      CompletableFuture<Void> all = CompletableFuture.allOf(writers);
      all.whenComplete((done, failure) -> hint.release());
      Revision last = Revision.ZERO;
      while (true) {
        boolean written = all.isDone();
        List<Change> more = next(last);
        for (Change change : more) seen.add(change.revision().value());
        if (!more.isEmpty()) last = more.get(more.size() - 1).revision();
        else if (written) break;
        else assertThat(hint.tryAcquire(10, TimeUnit.SECONDS)).as("a hint came").isTrue();
      }
      all.join();
    }
    assertThat(seen).hasSizeGreaterThan(WRITERS * WRITES);
    assertThat(seen).isEqualTo(LongStream.rangeClosed(1, seen.size()).boxed().toList());
  }

  @Test
  void a_listener_to_one_resource_hears_nothing_of_others() throws Exception {
    List<Revision> ofServices = new CopyOnWriteArrayList<>();
    List<Revision> ofPods = new CopyOnWriteArrayList<>();
    try (AutoCloseable services = store.onChange(Set.of(SERVICES), ofServices::add);
        AutoCloseable pods = store.onChange(Set.of(PODS, SERVICES), ofPods::add)) {
      Revision made = put(new ObjectKey(SERVICES, "w0", "web"));
      Awaitility.await().until(() -> ofServices.contains(made)); // And of the opening before.
      ofServices.clear();
      Revision last = put(pod("w0", "x0"));
      Awaitility.await().until(() -> ofPods.contains(last));
      assertThat(ofServices).isEmpty();
      Revision again = put(new ObjectKey(SERVICES, "w0", "web"));
      Awaitility.await().until(() -> ofServices.contains(again));
    }
  }

  private Revision put(ObjectKey key) {
    Operation put = new Operation.Put(key, draft("u", 1, "v"), Condition.ANY);
    Outcome outcome = store.commit(Transaction.of(put)).toCompletableFuture().join();
    return ((Outcome.Committed) outcome).at();
  }

  @Test
  void the_feed_is_purged_beyond_its_window() {
    store.close();
    start(SMALL);
    writer(0, new Random(1)).join();
    writer(0, new Random(2)).join();
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(
                        store
                            .read(Freshness.LOCAL, view -> changes(view, Revision.ZERO).isEmpty())
                            .toCompletableFuture()
                            .join())
                    .isTrue());
    Revision now = store.read(Freshness.LOCAL, View::revision).toCompletableFuture().join();
    Revision within = new Revision(now.value() - SMALL);
    boolean readable =
        store
            .read(Freshness.LOCAL, view -> changes(view, within).isPresent())
            .toCompletableFuture()
            .join();
    assertThat(readable).as("the window itself stays").isTrue();
  }
}
