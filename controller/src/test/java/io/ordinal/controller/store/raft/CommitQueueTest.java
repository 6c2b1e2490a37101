package io.ordinal.controller.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.StoreOverloaded;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.raft.wire.EntryCodec;
import io.ordinal.controller.store.rocks.LogEntry;
import io.ordinal.controller.store.rocks.Origin;
import io.ordinal.protocol.id.Revision;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class CommitQueueTest {
  private static final StoreSettings.Batch BATCH = new StoreSettings.Batch(4096, 8, 2);
  private static final StoreSettings.Queue QUEUE = new StoreSettings.Queue(20, 100_000, 50_000);

  private final List<LogEntry.Batch> entries = new ArrayList<>();
  private final List<CompletableFuture<List<Outcome>>> answers = new ArrayList<>();
  private final CommitQueue queue = new CommitQueue(BATCH, QUEUE, this::log, Runnable::run);

  private CompletionStage<List<Outcome>> log(byte[] entry) {
    entries.add((LogEntry.Batch) EntryCodec.decode(ByteBuffer.wrap(entry)));
    CompletableFuture<List<Outcome>> answer = new CompletableFuture<>();
    answers.add(answer);
    return answer;
  }

  private CompletableFuture<Outcome> add(String id, int bytes, boolean control) {
    Operation put =
        new Operation.PutRecord(new RecordKey("r", id), new byte[bytes], RecordCondition.ANY);
    byte[] encoded = EntryCodec.transaction(Transaction.of(put));
    return queue.add(encoded, 1, control).toCompletableFuture();
  }

  private CompletableFuture<Outcome> add(String id) {
    return add(id, 10, false);
  }

  private List<String> ids(int entry) {
    return entries.get(entry).transactions().stream()
        .map(t -> ((Operation.PutRecord) t.operations().get(0)).key().id())
        .toList();
  }

  /** Answers with the number of the transaction in its entry. */
  private void answer(int entry) {
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < entries.get(entry).transactions().size(); i++)
      outcomes.add(new Outcome.Committed(List.of(), new Revision(i)));
    answers.get(entry).complete(outcomes);
  }

  @Test
  void a_lone_transaction_goes_at_once() {
    CompletableFuture<Outcome> first = add("a");
    assertThat(ids(0)).containsExactly("a");
    answer(0);
    assertThat(first).isCompletedWithValue(new Outcome.Committed(List.of(), Revision.ZERO));
  }

  @Test
  void those_that_wait_share_an_entry_in_their_order_and_get_their_own_outcomes() {
    add("a");
    add("b");
    CompletableFuture<Outcome> third = add("c");
    CompletableFuture<Outcome> fourth = add("d");
    assertThat(entries).as("two in flight").hasSize(2);
    answer(0);
    assertThat(ids(2)).containsExactly("c", "d");
    answer(2);
    assertThat(third).isCompletedWithValue(new Outcome.Committed(List.of(), Revision.ZERO));
    assertThat(fourth).isCompletedWithValue(new Outcome.Committed(List.of(), new Revision(1)));
  }

  @Test
  void no_entry_overtakes_another_by_more_than_the_state_can_tell_apart() {
    add("stuck");
    for (int i = 1; i <= 100 && entries.size() > i - 1; i++) {
      add("a" + i);
      if (entries.size() > i) answer(i);
    }
    assertThat(entries).hasSize(Origin.WINDOW / 2 + 1);
    answer(0);
    assertThat(entries).hasSize(Origin.WINDOW / 2 + 2);
  }

  @Test
  void an_entry_is_bounded_in_operations_and_bytes() {
    add("a");
    add("b");
    for (int i = 0; i < 10; i++) add("c" + i);
    answer(0);
    assertThat(ids(2)).hasSize(8);
    answer(1);
    assertThat(ids(3)).containsExactly("c8", "c9");
    add("d1", 3000, false);
    add("d2", 3000, false);
    add("huge", 20_000, false);
    answer(2);
    answer(3);
    assertThat(ids(4)).containsExactly("d1");
    assertThat(ids(5)).containsExactly("d2");
    answer(4);
    assertThat(ids(6)).as("too large for an entry, and alone in one").containsExactly("huge");
  }

  @Test
  void control_traffic_goes_first_and_leaves_room_for_the_rest() {
    add("a");
    add("b");
    for (int i = 0; i < 10; i++) add("o" + i);
    for (int i = 0; i < 10; i++) add("c" + i, 10, true);
    answer(0);
    assertThat(ids(2)).containsExactly("c0", "c1", "c2", "c3", "c4", "c5", "o0", "o1");
  }

  @Test
  void a_large_transaction_is_passed_over_by_control_traffic_only_once() {
    add("a");
    add("b");
    add("large", 4050, false);
    for (int i = 0; i < 15; i++) add("c" + i, 10, true);
    answer(0);
    assertThat(ids(2)).containsExactly("c0", "c1", "c2", "c3", "c4", "c5");
    answer(1);
    assertThat(ids(3)).containsExactly("large", "c6");
    answer(2);
    assertThat(ids(4)).as("control traffic again").hasSize(8).startsWith("c7");
  }

  @Test
  void more_than_the_bound_is_refused_without_effect_but_control_traffic_is_not() {
    for (int i = 0; i < 22; i++) assertThat(add("a" + i)).isNotDone();
    assertThatThrownBy(() -> add("late").join()).hasCauseInstanceOf(StoreOverloaded.class);
    assertThat(add("control", 10, true)).isNotDone();
    CompletableFuture<Outcome> heavy = new CompletableFuture<>();
    for (int i = 0; i < 3 && !heavy.isDone(); i++) heavy = add("heavy", 40_000, true);
    assertThat(heavy).as("bytes are bounded too").isCompletedExceptionally();
  }

  @Test
  void a_failed_entry_fails_all_in_it_and_the_queue_goes_on() {
    CompletableFuture<Outcome> first = add("a");
    answers.get(0).completeExceptionally(new StoreUnavailable("planted", null));
    assertThatThrownBy(first::join).hasCauseInstanceOf(StoreUnavailable.class);
    add("b");
    assertThat(ids(1)).containsExactly("b");
  }

  @Test
  void closing_fails_what_waits_and_what_comes() {
    CompletableFuture<Outcome> sent = add("a");
    add("b");
    CompletableFuture<Outcome> waiting = add("c");
    queue.close();
    assertThatThrownBy(waiting::join).hasCauseInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(() -> add("d").join()).hasCauseInstanceOf(StoreUnavailable.class);
    answer(0);
    assertThat(sent).isCompleted();
  }
}
