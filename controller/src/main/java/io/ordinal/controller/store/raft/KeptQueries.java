package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.KeptView;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.View;
import io.ordinal.controller.store.rocks.KeptState;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** Runs queries over what is kept of the state of this member, on the threads of others. */
final class KeptQueries implements KeptView {
  private final Queries queries;
  private final KeptState state;
  private final AtomicBoolean closed = new AtomicBoolean();

  KeptQueries(Queries queries, KeptState state) {
    this.queries = queries;
    this.state = state;
  }

  @Override
  public <T> CompletionStage<T> read(Function<View, T> query) {
    if (closed.get()) return CompletableFuture.failedStage(letGo());
    return queries.work(() -> state.read(query));
  }

  private static StoreUnavailable letGo() {
    return new StoreUnavailable("what was kept of the store was let go", null);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) queries.sometime(state::close);
  }
}
