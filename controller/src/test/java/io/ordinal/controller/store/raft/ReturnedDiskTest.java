package io.ordinal.controller.store.raft;

import static io.ordinal.controller.store.raft.StoreMembers.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.SampleDocuments;
import io.ordinal.controller.store.Transaction;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A member lost its disk and was made anew, at the same address, as another one; then the old disk
 * is put back.
 */
final class ReturnedDiskTest {
  private static final int LOST = 2;
  @TempDir Path directory;

  private StoreMembers members;
  private UUID anew;
  private RaftObjectStore returned;

  @BeforeEach
  void lose() {
    members = StoreMembers.of(directory, 3, "");
    put("before");
    StoreMembers.await(members.get(LOST).group().stepDown());
    String address = members.get(LOST).address();
    UUID old = members.get(LOST).group().self();
    int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    members.stop(LOST);
    await(members.any().group().remove(old));
    Path fresh = directory.resolve("fresh");
    anew = RaftObjectStore.joining(fresh, members.any().group().id());
    try (RaftObjectStore copy = open(fresh, port)) {
      await(members.leader().group().add(StoreMembers.memberOf(copy)));
      put("without the old disk");
    }
    returned = open(members.place(LOST), port);
    assertThat(returned.group().self()).isEqualTo(old).isNotEqualTo(anew);
    assertThat(returned.address()).isEqualTo(address);
  }

  @AfterEach
  void close() {
    returned.close();
    members.close();
  }

  @Test
  void what_the_old_disk_has_does_not_count_as_the_new_ones() {
    RaftObjectStore left = members.leader();
    members.stop(members.numberOf(members.follower()));
    assertThatThrownBy(() -> put(left, "on one of three disks")).hasMessageContaining("majority");
  }

  @Test
  void the_old_disk_elects_nobody_and_is_not_elected() {
    int leader = members.numberOf(members.leader());
    members.stop(leader);
    RaftObjectStore left = members.any();
    assertThatThrownBy(() -> put(left, "voted for by one of three"))
        .hasMessageContaining("majorit");
    assertThat(left.leads()).isFalse();
    assertThat(returned.leads()).isFalse();
    members.start(leader);
    put("with a majority again");
    assertThat(returned.leads()).isFalse();
  }

  private static RaftObjectStore open(Path place, int port) {
    return RaftObjectStore.begin(TestSettings.with("port = " + port), place, Optional.empty());
  }

  private void put(String name) {
    assertThat(put(members.leader(), name)).isInstanceOf(Outcome.Committed.class);
  }

  private static Outcome put(ObjectStore store, String name) {
    Operation put =
        new Operation.Put(
            SampleDocuments.pod("a", name.replace(' ', '-')),
            SampleDocuments.draft("u", 1, "v"),
            Condition.ANY);
    return await(store.commit(Transaction.of(put)));
  }
}
