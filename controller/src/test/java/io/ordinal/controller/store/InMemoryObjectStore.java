package io.ordinal.controller.store;

import io.ordinal.protocol.id.Revision;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The whole port in memory, for tests: deterministic, thread safe, and able to fail where a test
 * wants it to. Commits and queries run at once, on the executor (by default the caller's thread).
 */
public final class InMemoryObjectStore implements ObjectStore {
  private record Held(Transaction transaction, CompletableFuture<Outcome> answer) {}

  /** What befalls a commit instead of being carried out and answered. */
  private record Fate(
      Predicate<Transaction> meets, boolean applies, Function<Transaction, Outcome> answer) {}

  private record Subscription(Optional<Set<ResourceName>> of, Consumer<Revision> listener) {
    boolean concerns(Set<ResourceName> changed) {
      return of.isEmpty() || !Collections.disjoint(of.get(), changed);
    }
  }

  private final Executor executor;
  private final InMemoryState state = new InMemoryState();
  private final List<Subscription> listeners = new CopyOnWriteArrayList<>();
  private final List<Transaction> committed = new ArrayList<>();
  private final Deque<Fate> fates = new ArrayDeque<>();
  private final Deque<Runnable> interlopers = new ArrayDeque<>();
  private final List<Held> held = new ArrayList<>();
  private boolean holding;
  private final AtomicInteger visitedInKept = new AtomicInteger();
  private final AtomicInteger localReads = new AtomicInteger();
  private boolean cutOff;
  private int keptViews;
  private Optional<InMemoryState> lagging = Optional.empty();
  private Optional<RuntimeException> readsFail = Optional.empty();
  private long commitsUntilCrash = Long.MAX_VALUE;

  public InMemoryObjectStore() {
    this(Runnable::run);
  }

  public InMemoryObjectStore(Executor executor) {
    this.executor = executor;
  }

  /** The next commit is refused, without effect, as if its first condition did not hold. */
  public synchronized void refuseNext() {
    refuseNext(transaction -> true);
  }

  /** As {@link #refuseNext()}, for the next commit that the predicate meets. */
  public synchronized void refuseNext(Predicate<Transaction> meets) {
    fates.add(
        new Fate(meets, false, t -> new Outcome.Refused(0, "refused by the test", Revision.ZERO)));
  }

  /** The next commit fails, without effect. */
  public synchronized void failNext(RuntimeException failure) {
    failNext(transaction -> true, failure);
  }

  /** As {@link #failNext(RuntimeException)}, for the next commit that the predicate meets. */
  public synchronized void failNext(Predicate<Transaction> meets, RuntimeException failure) {
    fates.add(new Fate(meets, false, t -> thrown(failure)));
  }

  /** The next commit takes effect, and its writer is told that it failed. */
  public synchronized void loseNextAnswer(RuntimeException failure) {
    fates.add(new Fate(transaction -> true, true, t -> thrown(failure)));
  }

  /** Runs just before the next commit is judged: another writer comes in between. */
  public synchronized void beforeNextCommit(Runnable interloper) {
    interlopers.add(interloper);
  }

  /** Every read fails until {@link #recover()}. */
  public synchronized void failReads(RuntimeException failure) {
    readsFail = Optional.of(failure);
  }

  /**
   * So many more commits take effect; everything after that, reads too, fails with {@link
   * StoreUnavailable} until {@link #recover()}.
   */
  public synchronized void crashAfter(int commits) {
    commitsUntilCrash = commits;
  }

  /**
   * Commits and linearizable reads fail as without a majority, and local ones go on, until {@link
   * #recover()}.
   */
  public synchronized void loseMajority() {
    cutOff = true;
  }

  /** Local reads see no later commits until {@link #recover()}. */
  public synchronized void lag() {
    InMemoryState before = new InMemoryState();
    committed.forEach(before::apply);
    lagging = Optional.of(before);
  }

  /** How many reads were content with what this copy has. */
  public int localReads() {
    return localReads.get();
  }

  /** Ends what {@link #crashAfter}, {@link #failReads} and their like began; the state stays. */
  public synchronized void recover() {
    commitsUntilCrash = Long.MAX_VALUE;
    readsFail = Optional.empty();
    cutOff = false;
    lagging = Optional.empty();
    fates.clear();
    interlopers.clear();
  }

  /** Commits wait, unanswered and without effect, until {@link #release()}. */
  public synchronized void hold() {
    holding = true;
  }

  /** How many commits wait. */
  public synchronized int waiting() {
    return held.size();
  }

  /** Carries out what waits, in the order of arrival, and waits no more. */
  public void release() {
    List<Held> waiting;
    synchronized (this) {
      holding = false;
      waiting = List.copyOf(held);
      held.clear();
    }
    waiting.forEach(each -> carryOut(each.transaction(), each.answer()));
  }

  /** Transactions that took effect, oldest first. */
  public synchronized List<Transaction> committed() {
    return List.copyOf(committed);
  }

  public synchronized Revision revision() {
    return state.revision();
  }

  /** Forgets the changes up to this revision, so that readers of older ones are Compacted. */
  public synchronized void purgeFeed(Revision upTo) {
    state.purge(upTo);
  }

  @Override
  public CompletionStage<Outcome> commit(Transaction transaction) {
    CompletableFuture<Outcome> answer = new CompletableFuture<>();
    synchronized (this) {
      if (holding) {
        held.add(new Held(transaction, answer));
        return answer;
      }
    }
    executor.execute(() -> carryOut(transaction, answer));
    return answer;
  }

  private void carryOut(Transaction transaction, CompletableFuture<Outcome> answer) {
    Runnable interloper;
    synchronized (this) {
      interloper = interlopers.poll();
    }
    if (interloper != null) interloper.run();
    Outcome outcome;
    Revision after;
    Set<ResourceName> changed;
    RuntimeException failure = null;
    synchronized (this) {
      Revision before = state.revision();
      try {
        outcome = apply(transaction);
      } catch (RuntimeException e) {
        outcome = null;
        failure = e;
      }
      after = state.revision();
      changed = state.changedAfter(before);
    }
    for (Subscription each : listeners) {
      if (!changed.isEmpty() && each.concerns(changed)) each.listener().accept(after);
    }
    if (failure == null) answer.complete(outcome);
    else answer.completeExceptionally(failure);
  }

  private Outcome apply(Transaction transaction) {
    if (commitsUntilCrash <= 0) throw new StoreUnavailable("crashed by the test", null);
    if (cutOff) throw new StoreUnavailable("no majority", null);
    Optional<Fate> fate = fates.stream().filter(each -> each.meets().test(transaction)).findFirst();
    fate.ifPresent(fates::remove);
    if (fate.isPresent() && !fate.get().applies()) return fate.get().answer().apply(transaction);
    Outcome outcome = state.apply(transaction);
    if (outcome instanceof Outcome.Committed) {
      committed.add(transaction);
      commitsUntilCrash--;
    }
    return fate.isPresent() ? fate.get().answer().apply(transaction) : outcome;
  }

  @Override
  public <T> CompletionStage<T> read(Freshness freshness, Function<View, T> query) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    if (freshness == Freshness.LOCAL) localReads.incrementAndGet();
    executor.execute(() -> answer(freshness, query, answer));
    return answer;
  }

  @Override
  public CompletionStage<KeptView> keep() {
    CompletableFuture<KeptView> answer = new CompletableFuture<>();
    executor.execute(() -> answer(Freshness.LOCAL, view -> kept(), answer));
    return answer;
  }

  private synchronized KeptView kept() {
    InMemoryState now = new InMemoryState();
    committed.forEach(now::apply);
    now.purge(state.oldest());
    keptViews++;
    return new Kept(now);
  }

  /** How many views are kept. */
  public synchronized int keptViews() {
    return keptViews;
  }

  /** How many objects were visited in kept views: one that is visited again counts again. */
  public int visitedInKept() {
    return visitedInKept.get();
  }

  private final class Kept implements KeptView {
    private final InMemoryState then;
    private boolean closed;

    private Kept(InMemoryState then) {
      this.then = then;
    }

    @Override
    public <T> CompletionStage<T> read(Function<View, T> query) {
      CompletableFuture<T> answer = new CompletableFuture<>();
      executor.execute(
          () -> {
            try {
              answer.complete(unclosed(query));
            } catch (RuntimeException e) {
              answer.completeExceptionally(e);
            }
          });
      return answer;
    }

    private synchronized <T> T unclosed(Function<View, T> query) {
      if (closed) throw new StoreUnavailable("closed", null);
      return query.apply(counted(then));
    }

    private View counted(View view) {
      return new ForwardingView(view) {
        @Override
        public void scan(ResourceName resource, String namespace, Predicate<StoredObject> visitor) {
          super.scan(resource, namespace, each -> counts() && visitor.test(each));
        }

        @Override
        public void scanAfter(ObjectKey after, String namespace, Predicate<StoredObject> visitor) {
          super.scanAfter(after, namespace, each -> counts() && visitor.test(each));
        }
      };
    }

    private boolean counts() {
      visitedInKept.incrementAndGet();
      return true;
    }

    @Override
    public void close() {
      synchronized (this) {
        if (closed) return;
        closed = true;
      }
      synchronized (InMemoryObjectStore.this) {
        keptViews--;
      }
    }
  }

  private <T> void answer(
      Freshness freshness, Function<View, T> query, CompletableFuture<T> answer) {
    T found;
    try {
      synchronized (this) {
        readsFail.ifPresent(InMemoryObjectStore::thrown);
        if (commitsUntilCrash <= 0) throw new StoreUnavailable("crashed by the test", null);
        if (cutOff && freshness == Freshness.LINEARIZABLE) {
          throw new StoreUnavailable("no majority", null);
        }
        boolean behind = freshness == Freshness.LOCAL && lagging.isPresent();
        found = query.apply(behind ? lagging.get() : state);
      }
    } catch (RuntimeException e) {
      answer.completeExceptionally(e);
      return;
    }
    answer.complete(found);
  }

  @Override
  public AutoCloseable onChange(Consumer<Revision> listener) {
    return add(new Subscription(Optional.empty(), listener));
  }

  @Override
  public AutoCloseable onChange(Set<ResourceName> resources, Consumer<Revision> listener) {
    return add(new Subscription(Optional.of(Set.copyOf(resources)), listener));
  }

  private AutoCloseable add(Subscription subscription) {
    listeners.add(subscription);
    return () -> listeners.remove(subscription);
  }

  private static Outcome thrown(RuntimeException failure) {
    throw failure;
  }
}
