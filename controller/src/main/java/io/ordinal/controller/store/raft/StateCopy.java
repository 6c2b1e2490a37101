package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.rocks.RocksSettings;
import io.ordinal.controller.store.rocks.RocksState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * A private copy of a member's state beside the state itself, mostly of hard links, for a backup.
 * Removed when closed.
 */
final class StateCopy implements AutoCloseable {
  private final Path place;

  private StateCopy(Path place) throws IOException {
    this.place = place;
    CheckpointStorage.delete(place);
  }

  /** Of a running member. */
  static StateCopy of(RocksState live, Path directory) throws IOException {
    StateCopy copy = new StateCopy(directory.resolve("backup"));
    live.checkpoint(copy.place);
    return copy;
  }

  /** Of a member that does not run: what it would begin with if it were started. */
  static StateCopy of(Path directory, StoreIdentity identity, RocksSettings settings)
      throws IOException {
    StateCopy copy = new StateCopy(directory.resolve("backup"));
    Path live = directory.resolve("state");
    if (Files.exists(live.resolve("CURRENT"))) CheckpointStorage.copyAll(live, copy.place);
    CheckpointStorage checkpoints = new CheckpointStorage();
    checkpoints.init(raft(directory, identity).resolve("sm"));
    checkpoints.open(copy.place, settings).close();
    return copy;
  }

  /** Applies the log that the state lacks, which may end with what was never acknowledged. */
  void replay(Path directory, StoreIdentity identity, RocksSettings settings) throws IOException {
    try (RocksState state = RocksState.open(place, settings)) {
      LogFiles.replay(raft(directory, identity).resolve("current"), state);
    }
  }

  private static Path raft(Path directory, StoreIdentity identity) {
    return directory.resolve("raft").resolve(identity.group().toString());
  }

  /** When the member last wrote to its directory. */
  static Instant lastWritten(Path directory) throws IOException {
    Instant last = Instant.EPOCH;
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        boolean data = file.toString().contains("log_") || file.toString().endsWith(".sst");
        Instant written = Files.getLastModifiedTime(file).toInstant();
        if (data && written.isAfter(last)) last = written;
      }
    }
    return last;
  }

  Path place() {
    return place;
  }

  @Override
  public void close() throws IOException {
    CheckpointStorage.delete(place);
  }
}
