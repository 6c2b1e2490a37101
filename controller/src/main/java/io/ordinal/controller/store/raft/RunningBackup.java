package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.StoreOverloaded;
import io.ordinal.controller.store.rocks.RocksSettings;
import io.ordinal.controller.store.rocks.RocksState;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Backups of a running member, one at a time. With a majority, everything acknowledged before is in
 * them. Without, all that this member has on its disk: its state and the whole of its log.
 */
final class RunningBackup {
  private static final Executor OWN_THREAD =
      work -> {
        Thread thread = new Thread(work, "ordinal-store-backup");
        thread.setDaemon(true);
        thread.start();
      };

  private final Path directory;
  private final StoreIdentity identity;
  private final RocksSettings settings;
  private final Supplier<RocksState> state;
  private final Supplier<? extends CompletionStage<?>> barrier;
  private final Supplier<Duration> age;
  private final AtomicBoolean busy = new AtomicBoolean();

  RunningBackup(
      Path directory,
      StoreIdentity identity,
      RocksSettings settings,
      Supplier<RocksState> state,
      Supplier<? extends CompletionStage<?>> barrier,
      Supplier<Duration> age) {
    this.directory = directory;
    this.identity = identity;
    this.settings = settings;
    this.state = state;
    this.barrier = barrier;
    this.age = age;
  }

  CompletionStage<BackupManifest> write(OutputStream out, Instant now) {
    if (!busy.compareAndSet(false, true))
      return CompletableFuture.failedFuture(
          new StoreOverloaded("a backup of this member is being made already"));
    return barrier
        .get()
        .handle((reached, failure) -> failure == null)
        .thenApplyAsync(whole -> write(out, now, whole), OWN_THREAD)
        .whenComplete((manifest, failure) -> busy.set(false));
  }

  private BackupManifest write(OutputStream out, Instant now, boolean whole) {
    Instant asOf = whole ? now : now.minus(age.get());
    try (StateCopy copy = StateCopy.of(state.get(), directory)) {
      if (!whole) copy.replay(directory, identity, settings);
      return Backup.write(copy, identity, settings, asOf, out);
    } catch (IOException e) {
      throw new UncheckedIOException("the backup could not be written: " + e.getMessage(), e);
    }
  }
}
