package io.ordinal.controller.store.raft;

import static io.ordinal.controller.store.raft.StoreMembers.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.SampleDocuments;
import io.ordinal.controller.store.StoreGroup;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreGroupTest {
  @TempDir Path directory;

  private StoreMembers members;

  @BeforeEach
  void start() {
    members = StoreMembers.of(directory, 3, "");
  }

  @AfterEach
  void close() {
    members.close();
  }

  private static Outcome put(RaftObjectStore store, String name) {
    Operation put =
        new Operation.Put(
            SampleDocuments.pod("a", name), SampleDocuments.draft("u", 1, "v"), Condition.ANY);
    return await(store.commit(Transaction.of(put)));
  }

  private static Revision revision(RaftObjectStore store, Freshness freshness) {
    return await(store.read(freshness, View::revision));
  }

  @Test
  void every_member_takes_writes_and_reads_what_was_written() {
    int written = 0;
    for (RaftObjectStore store : members.all()) {
      assertThat(put(store, "x" + written++)).isInstanceOf(Outcome.Committed.class);
      assertThat(revision(store, Freshness.LOCAL)).as("own write").isEqualTo(new Revision(written));
      for (RaftObjectStore reader : members.all())
        assertThat(revision(reader, Freshness.LINEARIZABLE)).isEqualTo(new Revision(written));
    }
    members.awaitEqual();
  }

  @Test
  void all_know_the_same_members_and_leader() {
    List<StoreGroup.Member> expected = members.any().group().members();
    assertThat(expected).hasSize(3);
    for (RaftObjectStore store : members.all()) {
      assertThat(store.group().members()).isEqualTo(expected);
      assertThat(store.group().leader()).contains(members.leader().group().self());
      assertThat(store.group().age()).isZero();
    }
  }

  @Test
  void a_follower_hears_of_changes_that_others_made() {
    RaftObjectStore follower = members.follower();
    AtomicReference<Revision> heard = new AtomicReference<>(Revision.ZERO);
    follower.onChange(heard::set);
    put(members.leader(), "x");
    Awaitility.await().until(() -> heard.get().equals(new Revision(1)));
  }

  @Test
  void a_leader_that_closes_is_replaced_and_no_write_fails() {
    put(members.leader(), "x");
    RaftObjectStore first = members.leader();
    members.stop(members.numberOf(first));
    for (RaftObjectStore store : members.all())
      assertThat(put(store, "y")).isInstanceOf(Outcome.Committed.class);
    RaftObjectStore second = members.leader();
    assertThat(second).isNotSameAs(first);
    members.awaitEqual();
  }

  @Test
  void without_a_majority_writes_fail_and_local_reads_go_on() {
    put(members.leader(), "x");
    members.awaitEqual();
    RaftObjectStore left = members.follower();
    for (RaftObjectStore store : members.all())
      if (store != left) members.stop(members.numberOf(store));
    assertThat(revision(left, Freshness.LOCAL)).isEqualTo(new Revision(1));
    assertThatThrownBy(() -> put(left, "y")).hasMessageContaining("majority");
    assertThat(left.group().age()).isGreaterThan(Duration.ofSeconds(2));
  }

  @Test
  void any_member_may_be_removed_even_the_leader() {
    put(members.leader(), "x");
    RaftObjectStore leader = members.leader();
    RaftObjectStore follower = members.follower();
    await(follower.group().remove(leader.group().self()));
    members.stop(members.numberOf(leader));
    assertThat(members.follower().group().members()).hasSize(2);
    assertThat(put(members.follower(), "y")).isInstanceOf(Outcome.Committed.class);
  }
}
