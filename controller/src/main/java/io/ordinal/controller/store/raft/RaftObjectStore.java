package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.StoreOverloaded;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.controller.store.raft.wire.EntryCodec;
import io.ordinal.controller.store.raft.wire.OutcomeCodec;
import io.ordinal.controller.store.rocks.Applied;
import io.ordinal.protocol.id.Revision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replicated store: a member of a Raft group (of one, to begin with) over RocksDB. A commit is
 * acknowledged when it is on the disks of a majority and applied here.
 *
 * <p>Stages complete on the store's threads; what depends on them must not block.
 */
public final class RaftObjectStore implements ObjectStore, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RaftObjectStore.class);
  private static final String PARALLELISM = "java.util.concurrent.ForkJoinPool.common.parallelism";

  private final StoreSettings settings;
  private final DirectoryLock lock;
  private final StoreThreads threads;
  private final StoreStateMachine machine;
  private final StoreQuota quota;
  private final ChangeSignal signal;
  private final CompletableFuture<Void> led = new CompletableFuture<>();
  private final CompletableFuture<Throwable> failed = new CompletableFuture<>();
  private final GroupMember member;
  private final CommitQueue queue;
  private final ReadBarrier barrier;
  private final Upkeep upkeep;

  private RaftObjectStore(StoreSettings settings, Path directory) throws IOException {
    this.settings = settings;
    this.lock = DirectoryLock.of(directory);
    this.threads = StoreThreads.start(settings.reads());
    this.quota = new StoreQuota(settings.quota());
    this.signal = new ChangeSignal(threads.signals());
    Events events = new Events();
    this.machine = new StoreStateMachine(directory.resolve("state"), settings.rocks(), events);
    try {
      StoreIdentity identity = StoreIdentity.of(directory, UUID::randomUUID);
      this.member = GroupMember.start(settings, directory, identity, machine);
    } catch (IOException | RuntimeException e) {
      threads.shutdown();
      lock.close();
      throw e;
    }
    this.queue = new CommitQueue(settings.batch(), settings.queue(), this::log, threads.answers());
    this.barrier = new ReadBarrier(this::askLeader, threads.answers());
    this.upkeep = new Upkeep(settings, member, machine::state, quota, threads.chores());
    events.upkeep = Optional.of(upkeep);
  }

  /**
   * Opens or creates the store in a directory and waits until its group has a leader.
   *
   * @throws StoreUnavailable when it cannot be opened; the message says why
   */
  public static RaftObjectStore start(StoreSettings settings, Path directory) {
    prepareCommonPool();
    RaftObjectStore store;
    try {
      store = new RaftObjectStore(settings, directory.toAbsolutePath());
    } catch (IOException | RuntimeException e) {
      StoreSettings.Endpoint at = settings.endpoint();
      throw new StoreUnavailable(
          "the store in "
              + directory
              + " cannot start at "
              + (at.address() + ":" + at.port() + ": ")
              + reason(e),
          e);
    }
    try {
      store.led.get(settings.timing().startTimeout().toMillis(), TimeUnit.MILLISECONDS);
      store.upkeep.start(directory);
      return store;
    } catch (ExecutionException | TimeoutException e) {
      store.close();
      throw new StoreUnavailable("the store in " + directory + " found no leader", e);
    } catch (InterruptedException e) {
      store.close();
      Thread.currentThread().interrupt();
      throw new StoreUnavailable("the start of the store was interrupted", e);
    }
  }

  /**
   * On two or fewer processors the JDK runs asynchronous stages of Ratis on a new thread each,
   * unless the common pool is made larger before its first use.
   */
  private static void prepareCommonPool() {
    if (Runtime.getRuntime().availableProcessors() > 2) return;
    if (System.getProperty(PARALLELISM) == null) System.setProperty(PARALLELISM, "4");
    if (ForkJoinPool.getCommonPoolParallelism() < 2)
      LOG.warn("the store will be several times slower than with -D{}=4", PARALLELISM);
  }

  private static String reason(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) deepest = deepest.getCause();
    String first = String.valueOf(failure.getMessage());
    String last = String.valueOf(deepest.getMessage());
    return first.contains(last) ? first : first + ": " + last;
  }

  @Override
  public CompletionStage<Outcome> commit(Transaction transaction) {
    Optional<StoreOverloaded> objection = quota.objection(transaction);
    if (objection.isPresent()) return CompletableFuture.failedFuture(objection.get());
    byte[] encoded = EntryCodec.transaction(transaction);
    int most = settings.queue().transactionBytes();
    if (encoded.length > most)
      throw new IllegalArgumentException(
          "a transaction of " + encoded.length + " bytes is more than " + most);
    int operations = transaction.operations().size();
    return queue.add(encoded, operations, StoreQuota.isControl(transaction));
  }

  private CompletionStage<List<Outcome>> log(byte[] entry) {
    return within(member.submit(entry)).thenApply(OutcomeCodec::decode);
  }

  private CompletionStage<?> askLeader() {
    return within(member.barrier());
  }

  private <T> CompletableFuture<T> within(CompletionStage<T> stage) {
    long most = settings.timing().commitTimeout().toMillis();
    return stage.toCompletableFuture().orTimeout(most, TimeUnit.MILLISECONDS);
  }

  @Override
  public <T> CompletionStage<T> read(Freshness freshness, Function<View, T> query) {
    CompletionStage<Void> ready =
        switch (freshness) {
          case LINEARIZABLE -> barrier.await();
          case LOCAL -> CompletableFuture.completedFuture(null);
        };
    CompletableFuture<T> answer = new CompletableFuture<>();
    ready.whenComplete(
        (nothing, failure) -> {
          if (failure == null) query(query, answer);
          else answer.completeExceptionally(Failures.unwrapped(failure));
        });
    return answer;
  }

  private <T> void query(Function<View, T> query, CompletableFuture<T> answer) {
    try {
      threads
          .readers()
          .execute(
              () -> {
                try {
                  answer.complete(machine.state().read(query));
                } catch (RuntimeException | Error e) {
                  answer.completeExceptionally(e);
                }
              });
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(
          threads.readers().isShutdown()
              ? new StoreUnavailable("the store is closed", e)
              : new StoreOverloaded("too many reads wait already"));
    }
  }

  @Override
  public AutoCloseable onChange(Consumer<Revision> listener) {
    return signal.add(listener);
  }

  /** Completes, with the reason, if the store meets damage and stops for good. */
  public CompletionStage<Throwable> failed() {
    return failed.minimalCompletionStage();
  }

  /** Forgets changes up to this revision on every member, before the window demands it. */
  CompletionStage<?> purgeFeed(Revision upTo) {
    return upkeep.purgeFeed(upTo);
  }

  CompletionStage<Void> snapshot() {
    return member.snapshot();
  }

  /** Answers everything still waiting with {@link StoreUnavailable}, then closes. */
  @Override
  public void close() {
    threads.stopChores();
    queue.close();
    try {
      member.close();
    } catch (IOException | RuntimeException e) {
      LOG.warn("the store did not close cleanly; nothing acknowledged is lost", e);
    }
    threads.shutdown();
    try {
      lock.close();
    } catch (IOException e) {
      LOG.warn("the lock of the store's directory stays until this process ends", e);
    }
  }

  /** What the state machine tells. */
  private final class Events implements StoreStateMachine.Listener {
    private volatile Optional<Upkeep> upkeep = Optional.empty();

    @Override
    public void applied(Applied applied, int entryBytes) {
      if (applied.changedObjects()) signal.changed(applied.revision());
      upkeep.ifPresent(each -> each.applied(applied, entryBytes));
    }

    @Override
    public void led() {
      led.complete(null);
    }

    @Override
    public void failed(Throwable fault) {
      failed.complete(fault);
      led.completeExceptionally(fault);
    }
  }
}
