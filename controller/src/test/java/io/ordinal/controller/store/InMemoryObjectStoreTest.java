package io.ordinal.controller.store;

import static io.ordinal.controller.store.SampleDocuments.draft;
import static io.ordinal.controller.store.SampleDocuments.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.protocol.id.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class InMemoryObjectStoreTest extends ObjectStoreContractTest {
  private static final Transaction PUT =
      Transaction.of(new Operation.Put(pod("a", "x"), draft("u", 1, "v"), Condition.ANY));

  private final InMemoryObjectStore store = new InMemoryObjectStore();

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected void purgeFeed(Revision upTo) {
    store.purgeFeed(upTo);
  }

  @Test
  void a_failed_commit_has_no_effect_and_a_lost_answer_has() {
    store.failNext(new StoreOverloaded("full"));
    assertThatThrownBy(() -> commit(PUT)).isInstanceOf(StoreOverloaded.class);
    assertThat(store.revision()).isEqualTo(Revision.ZERO);

    store.loseNextAnswer(new StoreUnavailable("gone", null));
    assertThatThrownBy(() -> commit(PUT)).isInstanceOf(StoreUnavailable.class);
    assertThat(store.revision()).isEqualTo(new Revision(1));
    assertThat(commit(PUT)).isInstanceOf(Outcome.Committed.class);
  }

  @Test
  void a_listener_to_one_resource_hears_nothing_of_others() {
    List<Revision> ofPods = new ArrayList<>();
    List<Revision> ofServices = new ArrayList<>();
    store.onChange(Set.of(pod("a", "x").resource()), ofPods::add);
    store.onChange(Set.of(new ResourceName("services")), ofServices::add);
    commit(PUT);
    assertThat(ofPods).containsExactly(new Revision(1));
    assertThat(ofServices).isEmpty();
  }

  @Test
  void a_refusal_can_be_ordered() {
    store.refuseNext();
    assertThat(commit(PUT)).isInstanceOf(Outcome.Refused.class);
    assertThat(commit(PUT)).isInstanceOf(Outcome.Committed.class);
  }

  @Test
  void a_crash_comes_between_commits_and_keeps_the_state() {
    store.crashAfter(1);
    commit(PUT);
    assertThatThrownBy(() -> commit(PUT)).isInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(() -> read(View::revision)).isInstanceOf(StoreUnavailable.class);
    store.recover();
    assertThat(this.<Revision>read(View::revision)).isEqualTo(new Revision(1));
  }

  @Test
  void held_commits_wait_for_their_release_in_order() {
    store.hold();
    CompletableFuture<Outcome> first = store.commit(PUT).toCompletableFuture();
    CompletableFuture<Outcome> second = store.commit(PUT).toCompletableFuture();
    assertThat(first).isNotDone();
    store.release();
    assertThat(((Outcome.Committed) first.join()).at()).isEqualTo(new Revision(1));
    assertThat(((Outcome.Committed) second.join()).at()).isEqualTo(new Revision(2));
  }

  @Test
  void another_writer_can_come_in_between() {
    store.beforeNextCommit(() -> commit(PUT));
    Operation create = new Operation.Put(pod("a", "x"), draft("other", 1, "v"), Condition.ABSENT);
    assertThat(commit(Transaction.of(create))).isInstanceOf(Outcome.Refused.class);
    assertThat(store.committed()).containsExactly(PUT);
  }
}
