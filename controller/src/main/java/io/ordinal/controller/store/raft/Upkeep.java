package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.raft.wire.EntryCodec;
import io.ordinal.controller.store.rocks.Applied;
import io.ordinal.controller.store.rocks.LogEntry;
import io.ordinal.protocol.id.Revision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What keeps the store small: snapshots by bytes of log, purges of the feed, the quota. */
final class Upkeep {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

  private final StoreSettings settings;
  private final RaftObjectStore store;
  private final ScheduledExecutorService chores;
  private final AtomicLong bytesSinceSnapshot = new AtomicLong();
  private final AtomicBoolean snapshotting = new AtomicBoolean();
  private final AtomicBoolean purging = new AtomicBoolean();

  Upkeep(StoreSettings settings, RaftObjectStore store, ScheduledExecutorService chores) {
    this.settings = settings;
    this.store = store;
    this.chores = chores;
  }

  void start(Path directory) {
    long period = settings.quota().checkEvery().toMillis();
    measure(directory);
    chores.scheduleWithFixedDelay(() -> measure(directory), period, period, TimeUnit.MILLISECONDS);
  }

  private void measure(Path directory) {
    try {
      store
          .quota()
          .measured(store.state().sizeBytes(), Files.getFileStore(directory).getUsableSpace());
    } catch (StoreUnavailable closing) {
      LOG.info("the store's size is not measured: {}", closing.getMessage());
    } catch (IOException | RuntimeException e) { // Let out, it would end the measuring for good.
      LOG.warn("the store's size cannot be measured", e);
    }
  }

  /** Called on the thread that applies; only counts and hands over. */
  void applied(Applied applied, int entryBytes) {
    boolean much = bytesSinceSnapshot.addAndGet(entryBytes) > settings.log().snapshotAfterBytes();
    if (much && snapshotting.compareAndSet(false, true)) chore(this::snapshot, snapshotting);
    if (feedIsLong(applied.revision()) && purging.compareAndSet(false, true))
      chore(this::purge, purging);
  }

  private boolean feedIsLong(Revision revision) {
    long kept = revision.value() - store.state().oldestChange().value();
    return kept > settings.feed().window() + settings.feed().purgeStep();
  }

  private interface Chore {
    CompletionStage<?> run();
  }

  private void chore(Chore chore, AtomicBoolean busy) {
    try {
      chores.execute(
          () ->
              begun(chore)
                  .whenComplete(
                      (done, failure) -> {
                        busy.set(false);
                        if (failure != null) LOG.warn("upkeep of the store failed", failure);
                      }));
    } catch (RejectedExecutionException e) {
      busy.set(false); // Closing.
    }
  }

  /** What a chore throws fails it, as what it answers would. */
  private static CompletionStage<?> begun(Chore chore) {
    try {
      return chore.run();
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private CompletionStage<?> snapshot() {
    bytesSinceSnapshot.set(0);
    return store.snapshot();
  }

  /** Every member sees that the feed is long; the leader alone proposes. */
  private CompletionStage<?> purge() {
    if (!store.leads()) return CompletableFuture.completedStage(null);
    long upTo = store.state().revision().value() - settings.feed().window();
    return purgeFeed(new Revision(Math.max(0, upTo)));
  }

  CompletionStage<?> purgeFeed(Revision upTo) {
    return store.submit(EntryCodec.purgeFeed(new LogEntry.PurgeFeed(upTo)));
  }
}
