package io.ordinal.controller.store.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.raft.wire.EntryCodec;
import io.ordinal.controller.store.raft.wire.UndecodableEntry;
import io.ordinal.controller.store.rocks.Position;
import io.ordinal.controller.store.rocks.RocksState;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member that meets what it cannot apply, as after damage or a downgrade. */
final class StoreFaultTest {
  private static final byte[] ENTRY =
      EntryCodec.batch(List.of(EntryCodec.transaction(Transaction.of())));
  private static final byte[] OF_A_LATER_RELEASE = {99, 1, 2, 3};

  @TempDir Path directory;

  private RaftObjectStore store;

  @BeforeEach
  void start() {
    store = RaftObjectStore.start(TestSettings.with(""), directory);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void submit(byte[] entry) throws Exception {
    store.submit(entry).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void what_cannot_be_applied_stops_the_store_where_it_stands() throws Exception {
    submit(ENTRY);
    Position before = store.state().position();
    assertThatThrownBy(() -> submit(OF_A_LATER_RELEASE)).hasCauseInstanceOf(StoreUnavailable.class);
    assertThat(store.failed().toCompletableFuture().get(10, TimeUnit.SECONDS))
        .isInstanceOf(UndecodableEntry.class);
    assertThatThrownBy(() -> submit(ENTRY)).hasCauseInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(store::state)
        .isInstanceOf(StoreUnavailable.class)
        .hasMessageContaining("expected version 1, found 99");
    store.close();
    try (var state = RocksState.open(directory.resolve("state"), TestSettings.with("").rocks())) {
      assertThat(state.position()).isEqualTo(before);
    }
  }
}
