package io.ordinal.controller.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.cluster.Members.Noted;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.StoreGroup;
import io.ordinal.controller.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class MembersTest {
  private static final UUID COPY = new UUID(0, 7);
  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final Members members = new Members(store);
  private final ServedCluster.FakeGroup group = new ServedCluster.FakeGroup();

  @Test
  void a_founder_is_noted_with_its_address_and_with_the_next_one() {
    assertThat(done(members.note(controller("m1", "10.0.0.1"), group))).isEqualTo(Noted.STANDS);
    assertThat(done(members.note(controller("m1", "10.0.0.9"), group))).isEqualTo(Noted.STANDS);
    assertThat(found("m1"))
        .hasValueSatisfying(it -> assertThat(it.isAt(List.of("10.0.0.9"))).isTrue());
    long before = store.revision().value();
    assertThat(done(members.note(controller("m1", "10.0.0.9"), group))).isEqualTo(Noted.STANDS);
    assertThat(store.revision().value()).isEqualTo(before);
  }

  @Test
  void one_that_was_removed_does_not_let_itself_in_again() {
    done(members.note(controller("m1", "10.0.0.1"), group));
    MemberRecord other = controller("m2", "10.0.0.2");
    put(other);
    group.add(new StoreGroup.Member(ServedCluster.SECOND, "10.0.0.2:7651"));
    store.commit(new Transaction(Members.forget(other))).toCompletableFuture().join();

    assertThat(done(members.note(other, group))).isEqualTo(Noted.UNKNOWN);
    assertThat(done(members.noteCopy("m2", COPY))).isFalse();
    assertThat(found("m2")).isEmpty();
  }

  /** The records are those of the backup; another one cannot write with the only copy. */
  @Test
  void one_that_was_restored_under_another_name_is_noted() {
    put(controller("c1", "10.0.0.1"));
    put(controller("c2", "10.0.0.2"));

    assertThat(done(members.note(controller("d1", "10.0.0.1"), group))).isEqualTo(Noted.STANDS);
    assertThat(found("d1"))
        .hasValueSatisfying(it -> assertThat(it.isAt(List.of("10.0.0.1"))).isTrue());
  }

  @Test
  void one_whose_record_changes_meanwhile_is_not_taken_for_a_removed_one() {
    done(members.note(controller("m1", "10.0.0.1"), group));
    store.refuseNext();
    assertThat(done(members.note(controller("m1", "10.0.0.9"), group))).isEqualTo(Noted.OVERTAKEN);
    assertThat(done(members.note(controller("m1", "10.0.0.9"), group))).isEqualTo(Noted.STANDS);
  }

  @Test
  void a_controllers_copy_is_noted() {
    done(members.note(controller("m1", "10.0.0.1"), group));
    assertThat(done(members.noteCopy("m1", COPY))).isTrue();
    assertThat(found("m1").flatMap(MemberRecord::copy)).contains(COPY);
  }

  private void put(MemberRecord record) {
    JoinRequest request =
        new JoinRequest(record.name(), record.role(), record.addresses(), "request");
    assertThat(done(members.admit(record, done(members.known(request))))).isTrue();
  }

  private Optional<MemberRecord> found(String name) {
    return done(members.find(name));
  }

  private static MemberRecord controller(String name, String address) {
    return MemberRecord.founder(name, List.of(address), Instant.EPOCH);
  }

  private static <T> T done(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
