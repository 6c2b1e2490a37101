package io.ordinal.controller.store.raft;

import static io.ordinal.controller.store.raft.StoreMembers.await;
import static io.ordinal.controller.store.raft.StoreMembers.freePort;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.store.StoreMoved;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The port of a copy of the store is changed while it does not run. */
final class StoreMovedTest {
  @TempDir Path directory;

  private RaftObjectStore at(int port, int member) {
    return RaftObjectStore.begin(
        TestSettings.with("port = " + port),
        directory.resolve("member-" + member),
        Optional.empty());
  }

  @Test
  void one_of_several_does_not_begin_where_the_others_do_not_look_for_it() {
    try (StoreMembers members = StoreMembers.of(directory, 2, "")) {
      String known = members.get(1).address();
      members.stop(1);
      int port = freePort();
      assertThatThrownBy(() -> at(port, 1))
          .isInstanceOf(StoreMoved.class)
          .hasMessageContaining(known)
          .hasMessageContaining("127.0.0.1:" + port)
          .hasMessageContaining("ordinal.store.port");
      members.start(1);
      await(members.get(1).led());
    }
  }

  @Test
  void the_only_one_begins_anywhere_and_is_found_there() throws Exception {
    try (RaftObjectStore alone = at(freePort(), 0)) {
      alone.awaitLeader();
    }
    try (RaftObjectStore moved = at(freePort(), 0)) {
      moved.awaitLeader();
      RaftObjectStore.joining(directory.resolve("member-1"), moved.group().id());
      try (RaftObjectStore other = at(freePort(), 1)) {
        await(moved.group().add(StoreMembers.memberOf(other)));
        assertThat(other.group().members()).hasSize(2);
      }
    }
  }
}
