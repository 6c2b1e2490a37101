package io.ordinal.controller.store;

import static io.ordinal.controller.store.SampleDocuments.draft;
import static io.ordinal.controller.store.SampleDocuments.pod;
import static io.ordinal.controller.store.SampleDocuments.stored;
import static io.ordinal.controller.store.SampleDocuments.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.protocol.id.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What every {@link ObjectStore} must do. Each test method begins with an empty store. */
public abstract class ObjectStoreContractTest {
  private static final ResourceName PODS = new ResourceName("pods");
  private static final ObjectKey X = pod("a", "x");
  private static final RecordKey RECORD = new RecordKey("replica", "a/x");

  protected abstract ObjectStore store();

  /** Makes the store forget changes up to this revision. */
  protected abstract void purgeFeed(Revision upTo);

  protected final Outcome commit(Transaction transaction) {
    return answer(store().commit(transaction));
  }

  protected final <T> T read(Function<View, T> query) {
    return answer(store().read(Freshness.LINEARIZABLE, query));
  }

  private static <T> T answer(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) throw cause;
      throw e;
    }
  }

  private Optional<StoredObject> found(ObjectKey key) {
    return read(view -> view.get(key));
  }

  private List<Long> committed(Operation... operations) {
    Outcome outcome = commit(Transaction.of(operations));
    assertThat(outcome).isInstanceOf(Outcome.Committed.class);
    Outcome.Committed committed = (Outcome.Committed) outcome;
    assertThat(committed.at()).isEqualTo(this.<Revision>read(View::revision));
    return committed.revisions().stream().map(Revision::value).toList();
  }

  private Outcome.Refused refused(Operation... operations) {
    Revision before = read(View::revision);
    Outcome outcome = commit(Transaction.of(operations));
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(this.<Revision>read(View::revision)).isEqualTo(before);
    return (Outcome.Refused) outcome;
  }

  private static Operation put(ObjectKey key, String value) {
    return new Operation.Put(key, draft("u", 1, value), Condition.ANY);
  }

  private static Operation delete(ObjectKey key) {
    return new Operation.Delete(key, Condition.ANY);
  }

  private List<Change> changes(String namespace, long after, int most) {
    return read(
        view -> {
          try {
            return view.changes(PODS, namespace, new Revision(after), most);
          } catch (Compacted e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void an_empty_store_is_at_revision_zero() {
    assertThat(this.<Revision>read(View::revision)).isEqualTo(Revision.ZERO);
    assertThat(changes("", 0, 10)).isEmpty();
  }

  @Test
  void a_put_is_read_back_with_its_revision_written_into_the_document() {
    assertThat(committed(put(X, "one"), put(pod("a", "y"), "two"))).containsExactly(1L, 2L);
    assertThat(committed(put(X, "three"))).containsExactly(3L);
    StoredObject found = found(X).orElseThrow();
    assertThat(found.revision()).isEqualTo(new Revision(3));
    assertThat(found.created()).isEqualTo(new Revision(1));
    assertThat(found.uid()).isEqualTo("u");
    assertThat(found.generation()).isEqualTo(1);
    assertThat(text(found.document())).isEqualTo(stored(3, "u", "three"));
  }

  @Test
  void a_deleted_object_is_gone_and_one_of_the_same_name_is_created_anew() {
    committed(put(X, "one"));
    assertThat(committed(delete(X))).containsExactly(2L);
    assertThat(found(X)).isEmpty();
    committed(put(X, "two"));
    assertThat(found(X).orElseThrow().created()).isEqualTo(new Revision(3));
  }

  @Test
  void deleting_what_is_not_there_takes_no_revision() {
    assertThat(committed(delete(X), put(X, "one"))).containsExactly(0L, 1L);
  }

  @Test
  void put_if_absent_creates_once() {
    Operation create = new Operation.PutIfAbsent(X, draft("first", 1, "one"));
    assertThat(committed(create)).containsExactly(1L);
    assertThat(committed(create)).containsExactly(0L);
    assertThat(committed(delete(X), create, create)).containsExactly(2L, 3L, 0L);
  }

  @Test
  void a_transaction_without_operations_commits() {
    assertThat(committed()).isEmpty();
  }

  @Test
  void conditions_hold_or_refuse_the_whole_transaction() {
    Map<Condition, Boolean> whenAbsent =
        Map.of(
            Condition.ANY,
            true,
            Condition.ABSENT,
            true,
            Condition.PRESENT,
            false,
            Condition.at(Revision.ZERO),
            false,
            new Condition.WithUid("u"),
            false,
            new Condition.AtGeneration("u", 1),
            false);
    whenAbsent.forEach((condition, holds) -> assertExpectation(condition, holds, 0));
    committed(put(X, "one"));
    Map<Condition, Boolean> whenThere =
        Map.of(
            Condition.ABSENT,
            false,
            Condition.PRESENT,
            true,
            Condition.at(new Revision(1)),
            true,
            Condition.at(new Revision(2)),
            false,
            new Condition.WithUid("u"),
            true,
            new Condition.WithUid("v"),
            false,
            new Condition.AtGeneration("u", 1),
            true,
            new Condition.AtGeneration("u", 2),
            false,
            new Condition.AtGeneration("v", 1),
            false);
    whenThere.forEach((condition, holds) -> assertExpectation(condition, holds, 1));
  }

  private void assertExpectation(Condition condition, boolean holds, long revision) {
    Operation expect = new Operation.Expect(X, condition);
    if (holds) {
      assertThat(committed(expect)).as("%s", condition).containsExactly(0L);
      return;
    }
    Outcome.Refused refusal =
        refused(put(pod("a", "other"), "must not be there"), expect, put(X, "nor this"));
    assertThat(refusal.operation()).isEqualTo(1);
    assertThat(refusal.revision()).isEqualTo(new Revision(revision));
    assertThat(refusal.found()).contains("pods a/x");
    assertThat(found(pod("a", "other"))).isEmpty();
  }

  @Test
  void puts_and_deletes_carry_conditions_too() {
    committed(put(X, "one"));
    refused(new Operation.Put(X, draft("u", 1, "two"), Condition.ABSENT));
    refused(new Operation.Delete(X, Condition.at(new Revision(9))));
    refused(new Operation.Delete(pod("a", "y"), Condition.PRESENT));
    Condition current = Condition.at(new Revision(1));
    assertThat(committed(new Operation.Put(X, draft("u", 1, "two"), current))).containsExactly(2L);
    refused(new Operation.Put(X, draft("u", 1, "three"), current));
  }

  @Test
  void conditions_are_judged_on_the_state_before_the_first_step() {
    committed(
        put(X, "one"),
        new Operation.Put(X, draft("u", 1, "two"), Condition.ABSENT),
        new Operation.Expect(X, Condition.ABSENT));
    assertThat(refused(delete(X), new Operation.Expect(X, Condition.ABSENT)).operation())
        .isEqualTo(1);
    committed(
        new Operation.PutRecord(RECORD, new byte[] {1}, RecordCondition.ABSENT),
        new Operation.PutRecord(RECORD, new byte[] {2}, RecordCondition.at(0)));
    assertThat(this.<Long>read(view -> view.recordVersion(RECORD))).isEqualTo(2);
  }

  @Test
  void record_versions_count_on_through_deletes() {
    assertThat(this.<Long>read(view -> view.recordVersion(RECORD))).isZero();
    committed(new Operation.DeleteRecord(RECORD, RecordCondition.ANY));
    assertThat(this.<Long>read(view -> view.recordVersion(RECORD))).isZero();
    committed(new Operation.PutRecord(RECORD, new byte[] {1}, RecordCondition.at(0)));
    refused(new Operation.PutRecord(RECORD, new byte[] {2}, RecordCondition.ABSENT));
    refused(new Operation.DeleteRecord(RECORD, RecordCondition.at(2)));
    committed(new Operation.DeleteRecord(RECORD, RecordCondition.at(1)));
    assertThat(this.<Boolean>read(view -> view.record(RECORD).isPresent())).isFalse();
    assertThat(this.<Long>read(view -> view.recordVersion(RECORD))).isEqualTo(2);
    committed(
        new Operation.ExpectRecord(RECORD, RecordCondition.at(2)),
        new Operation.ExpectRecord(RECORD, RecordCondition.ABSENT));
    committed(new Operation.PutRecord(RECORD, new byte[] {3}, RecordCondition.ABSENT));
    StoredRecord found = read(view -> view.record(RECORD)).orElseThrow();
    assertThat(found.version()).isEqualTo(3);
    assertThat(found.value()).containsExactly(3);
  }

  @Test
  void records_take_no_revision_and_are_listed_by_family_in_order() {
    Operation[] puts =
        List.of("b", "a", "c", "ab").stream()
            .map(id -> new RecordKey("lease", id))
            .map(k -> new Operation.PutRecord(k, k.id().getBytes(UTF_8), RecordCondition.ANY))
            .toArray(Operation[]::new);
    assertThat(committed(puts)).containsExactly(0L, 0L, 0L, 0L);
    committed(new Operation.PutRecord(new RecordKey("lea", "z"), new byte[0], RecordCondition.ANY));
    committed(new Operation.DeleteRecord(new RecordKey("lease", "c"), RecordCondition.ANY));
    List<StoredRecord> leases = read(view -> view.records("lease"));
    assertThat(leases).extracting(r -> r.key().id()).containsExactly("a", "ab", "b");
    assertThat(leases).extracting(r -> text(r.value())).containsExactly("a", "ab", "b");
    assertThat(this.<Revision>read(View::revision)).isEqualTo(Revision.ZERO);
  }

  @Test
  void scans_are_ordered_by_namespace_and_name_and_stop_when_told() {
    committed(put(pod("b", "1"), "v"), put(pod("a", "2"), "v"), put(pod("a", "10"), "v"));
    committed(put(pod("a-b", "0"), "v"), put(new ObjectKey(PODS, "", "node"), "v"));
    committed(put(new ObjectKey(new ResourceName("pods.x"), "a", "3"), "v"));
    assertThat(names("")).containsExactly("/node", "a/10", "a/2", "a-b/0", "b/1");
    assertThat(names("a")).containsExactly("a/10", "a/2");
    assertThat(names("c")).isEmpty();
    List<String> visited = new ArrayList<>();
    read(
        view -> {
          view.scan(
              PODS,
              "",
              object -> {
                visited.add(object.key().name());
                return visited.size() < 2;
              });
          return null;
        });
    assertThat(visited).containsExactly("node", "10");
  }

  private List<String> names(String namespace) {
    return read(
        view ->
            view.list(PODS, namespace).stream()
                .map(object -> object.key().namespace() + "/" + object.key().name())
                .toList());
  }

  @Test
  void a_scan_goes_on_behind_a_place_whether_something_stands_there_or_not() {
    for (String name : List.of("a", "aa", "b")) committed(put(pod("m", name), name));
    committed(put(pod("l", "z"), "z"), put(pod("n", "a"), "a"));
    assertThat(behind(pod("m", "a"), "m")).containsExactly("m/aa", "m/b");
    assertThat(behind(pod("m", "ab"), "m")).containsExactly("m/b");
    assertThat(behind(pod("m", "a"), "")).containsExactly("m/aa", "m/b", "n/a");
    assertThat(behind(pod("a", "x"), "m")).containsExactly("m/a", "m/aa", "m/b");
    for (String space : List.of("m", "")) assertThat(behind(pod("n", "a"), space)).isEmpty();
  }

  private List<String> behind(ObjectKey place, String namespace) {
    List<String> found = new ArrayList<>();
    Predicate<StoredObject> noted =
        each -> found.add(each.key().namespace() + "/" + each.key().name());
    return read(
        view -> {
          view.scanAfter(place, namespace, noted);
          assertThat(view.countAfter(place, namespace)).isEqualTo(found.size());
          return found;
        });
  }

  @Test
  void the_feed_tells_every_change_in_order_with_the_document_before() {
    committed(put(X, "one"), put(pod("b", "y"), "two"), put(X, "three"));
    committed(delete(X));
    List<Change> all = changes("", 0, 10);
    assertThat(all).extracting(c -> c.revision().value()).containsExactly(1L, 2L, 3L, 4L);
    assertThat(all).extracting(Change::deleted).containsExactly(false, false, false, true);
    assertThat(all.get(0).previous()).isEmpty();
    assertThat(text(all.get(2).previous().orElseThrow())).isEqualTo(stored(1, "u", "one"));
    assertThat(text(all.get(3).document())).isEqualTo(stored(4, "u", "three"));
    assertThat(text(all.get(3).previous().orElseThrow())).isEqualTo(stored(3, "u", "three"));
    assertThat(changes("a", 0, 10))
        .extracting(c -> c.revision().value())
        .containsExactly(1L, 3L, 4L);
    assertThat(changes("", 1, 2)).extracting(c -> c.revision().value()).containsExactly(2L, 3L);
    assertThat(changes("", 4, 10)).isEmpty();
    assertThat(changes("", 99, 10)).isEmpty();
  }

  @Test
  void the_feed_of_a_resource_has_nothing_of_others() {
    ObjectKey set = new ObjectKey(ResourceName.of("apps", "statefulsets"), "a", "x");
    committed(put(set, "one"), put(X, "two"));
    assertThat(changes("", 0, 10)).extracting(Change::key).containsExactly(X);
  }

  @Test
  void what_was_purged_from_the_feed_is_compacted() throws Exception {
    committed(put(X, "one"), put(X, "two"), put(X, "three"));
    purgeFeed(new Revision(2));
    assertThat(changes("", 2, 10)).extracting(c -> c.revision().value()).containsExactly(3L);
    Revision oldest =
        read(
            view -> {
              try {
                view.changes(PODS, "", new Revision(1), 10);
                return Revision.ZERO;
              } catch (Compacted e) {
                return e.oldest();
              }
            });
    assertThat(oldest).isEqualTo(new Revision(2));
    assertThat(text(found(X).orElseThrow().document())).isEqualTo(stored(3, "u", "three"));
  }

  @Test
  void listeners_hear_of_changes_to_objects_until_closed() throws Exception {
    List<Revision> heard = new CopyOnWriteArrayList<>();
    AutoCloseable subscription = store().onChange(heard::add);
    committed(put(X, "one"));
    Awaitility.await().untilAsserted(() -> assertThat(heard).contains(new Revision(1)));
    committed(put(X, "two"));
    Awaitility.await().untilAsserted(() -> assertThat(heard).contains(new Revision(2)));
    subscription.close();
    heard.clear();
    committed(put(X, "three"));
    assertThat(heard).isEmpty();
  }

  @Test
  void the_failure_of_a_query_is_its_callers() {
    assertThatThrownBy(
            () ->
                read(
                    view -> {
                      throw new IllegalStateException("planted");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("planted");
  }

  @Test
  void a_local_read_sees_what_was_acknowledged_here() {
    committed(put(X, "one"));
    assertThat(answer(store().read(Freshness.LOCAL, View::revision))).isEqualTo(new Revision(1));
  }

  @Test
  void of_concurrent_writers_with_the_same_expectation_one_wins() {
    committed(put(X, "one"));
    Condition current = Condition.at(new Revision(1));
    List<CompletableFuture<Outcome>> race = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Operation put = new Operation.Put(X, draft("u", 1, "by " + i), current);
      race.add(
          CompletableFuture.supplyAsync(() -> store().commit(Transaction.of(put)))
              .thenCompose(Function.identity()));
    }
    List<Outcome> outcomes = race.stream().map(CompletableFuture::join).toList();
    assertThat(outcomes).filteredOn(Outcome.Committed.class::isInstance).hasSize(1);
    assertThat(this.<Revision>read(View::revision)).isEqualTo(new Revision(2));
  }
}
