package io.ordinal.controller.store.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.store.DurableShape;
import io.ordinal.controller.store.DurableWriteRefused;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.StoredRecord;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.persistence.state.javadsl.GetObjectResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Pekko expects of a durable-state store, over any {@link ObjectStore}. */
abstract class DurableStateContractTest {
  private static final RecordKey BESIDE = new RecordKey("beside", "it");

  private final AtomicInteger plans = new AtomicInteger();
  private ObjectStore objects;
  private ObjectStoreDurableState<String> store;

  abstract ObjectStore open();

  /** Texts; "race" is written together with a record that somebody else writes too. */
  private final class Texts implements DurableShape<String> {
    @Override
    public RecordKey key(String persistenceId) {
      return new RecordKey("text", persistenceId);
    }

    @Override
    public Writing plan(View view, String next) {
      plans.incrementAndGet();
      RecordCondition untouched = RecordCondition.at(view.recordVersion(BESIDE));
      if (next.equals("race") && plans.get() < 3) interfere();
      List<Operation> beside =
          next.equals("race")
              ? List.of(new Operation.PutRecord(BESIDE, next.getBytes(UTF_8), untouched))
              : List.of();
      Optional<byte[]> record =
          next.isEmpty() ? Optional.empty() : Optional.of(next.getBytes(UTF_8));
      return new Writing(record, beside, index -> index == 0);
    }

    @Override
    public Optional<String> recovered(View view, RecordKey key, Optional<StoredRecord> record) {
      return record.map(stored -> new String(stored.value(), UTF_8));
    }

    @Override
    public void committed(String next, Writing writing, Outcome.Committed outcome) {}

    @Override
    public void failed(String next, Throwable cause) {}
  }

  @BeforeEach
  void make() {
    objects = open();
    store = new ObjectStoreDurableState<>(objects, new Texts(), 5);
  }

  @Test
  void a_missing_id_has_no_state_and_revision_zero() {
    GetObjectResult<String> found = get("a");
    assertThat(found.value()).isEmpty();
    assertThat(found.revision()).isZero();
  }

  @Test
  void a_state_is_read_back_with_its_revision() {
    upsert("a", 1, "one");
    upsert("a", 2, "two");
    assertThat(get("a").value()).contains("two");
    assertThat(get("a").revision()).isEqualTo(2);
    assertThat(get("b").value()).isEmpty();
  }

  @Test
  void a_stale_revision_is_refused() {
    upsert("a", 1, "one");
    for (long stale : new long[] {1, 3, 0}) {
      assertThatThrownBy(() -> upsert("a", stale, "other")).isInstanceOf(DurableWriteRefused.class);
    }
    assertThat(get("a").value()).contains("one");
  }

  @Test
  void a_deleted_state_keeps_its_revision_and_can_be_created_again() {
    upsert("a", 1, "one");
    done(store.deleteObject("a", 2));
    assertThat(get("a").value()).isEmpty();
    assertThat(get("a").revision()).isEqualTo(2);
    assertThatThrownBy(() -> upsert("a", 1, "again")).isInstanceOf(DurableWriteRefused.class);
    upsert("a", 3, "again");
    assertThat(get("a").value()).contains("again");
  }

  @Test
  void a_state_that_leaves_no_record_is_a_deletion() {
    upsert("a", 1, "one");
    upsert("a", 2, "");
    assertThat(get("a").value()).isEmpty();
    assertThat(get("a").revision()).isEqualTo(2);
  }

  @Test
  void a_stale_delete_is_refused() {
    upsert("a", 1, "one");
    assertThatThrownBy(() -> done(store.deleteObject("a", 1)))
        .isInstanceOf(DurableWriteRefused.class);
    assertThat(get("a").value()).contains("one");
  }

  @Test
  void a_write_that_races_is_planned_again() {
    upsert("a", 1, "race");
    assertThat(plans).hasValue(3);
    assertThat(get("a").value()).contains("race");
  }

  private void interfere() {
    objects.commit(
        Transaction.of(new Operation.PutRecord(BESIDE, new byte[0], RecordCondition.ANY)));
  }

  private GetObjectResult<String> get(String id) {
    return done(store.getObject(id));
  }

  private void upsert(String id, long revision, String value) {
    done(store.upsertObject(id, revision, value, ""));
  }

  private static <T> T done(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RuntimeException cause) throw cause;
      throw failure;
    }
  }
}
