package io.ordinal.controller.store.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.store.raft.StoreIdentity.Stage;
import io.ordinal.controller.store.rocks.Position;
import io.ordinal.controller.store.rocks.RocksSettings;
import io.ordinal.controller.store.rocks.RocksState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateCopyTest {
  private static final RocksSettings ROCKS = TestSettings.with("").rocks();
  private static final StoreIdentity IDENTITY =
      new StoreIdentity(new UUID(0, 1), new UUID(0, 2), Stage.MEMBER);
  private static final Position OLDER = new Position(1, 10);
  private static final Position NEWER = new Position(2, 20);

  @TempDir Path directory;

  private final CheckpointStorage snapshots = new CheckpointStorage();

  @BeforeEach
  void begin() throws IOException {
    snapshots.init(directory.resolve("raft").resolve(IDENTITY.group().toString()).resolve("sm"));
  }

  @Test
  void a_snapshot_that_was_installed_over_an_older_database_is_what_counts() throws IOException {
    database(OLDER);
    snapshot(NEWER);
    assertThat(copied()).isEqualTo(NEWER);
  }

  @Test
  void a_database_that_went_on_from_its_snapshot_is_what_counts() throws IOException {
    snapshot(OLDER);
    database(NEWER);
    assertThat(copied()).isEqualTo(NEWER);
  }

  @Test
  void a_snapshot_stands_in_for_a_lost_database() throws IOException {
    snapshot(OLDER);
    assertThat(copied()).isEqualTo(OLDER);
  }

  private Position copied() throws IOException {
    try (StateCopy copy = StateCopy.of(directory, IDENTITY, ROCKS);
        RocksState state = RocksState.open(copy.place(), ROCKS)) {
      return state.position();
    }
  }

  private void database(Position position) {
    try (RocksState state = RocksState.open(directory.resolve("state"), ROCKS)) {
      state.skip(position);
    }
  }

  private void snapshot(Position position) throws IOException {
    try (RocksState state = RocksState.open(directory.resolve("elsewhere"), ROCKS)) {
      state.skip(position);
      snapshots.take(state, position);
    }
  }
}
