package io.ordinal.controller.api.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.http.Query;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ReadsTest {
  /** A store that may have lost its majority, and notes how it is read. */
  private static final class MinorityStore implements ObjectStore {
    private final InMemoryObjectStore copy = new InMemoryObjectStore();
    private final List<Freshness> asked = new ArrayList<>();
    private boolean lost;

    @Override
    public CompletionStage<Outcome> commit(Transaction transaction) {
      return copy.commit(transaction);
    }

    @Override
    public <T> CompletionStage<T> read(Freshness freshness, Function<View, T> query) {
      asked.add(freshness);
      if (lost && freshness == Freshness.LINEARIZABLE) {
        return CompletableFuture.failedStage(new StoreUnavailable("no majority", null));
      }
      return copy.read(freshness, query);
    }

    @Override
    public AutoCloseable onChange(Consumer<Revision> listener) {
      return copy.onChange(listener);
    }
  }

  private final MinorityStore store = new MinorityStore();
  private final Reads reads = new Reads(store);

  @Test
  void a_read_is_the_newest_unless_the_client_is_content_with_less() {
    assertThat(read("").warnings()).isEmpty();
    read("resourceVersion=0");
    assertThat(store.asked).containsExactly(Freshness.LINEARIZABLE, Freshness.LOCAL);
  }

  @Test
  void without_a_majority_the_own_copy_is_answered_with_a_warning() {
    store.lost = true;
    assertThat(read("").warnings()).singleElement().asString().contains("no majority");
    assertThat(read("resourceVersion=0").warnings()).isEmpty();
  }

  @Test
  void a_copy_that_is_behind_what_the_client_saw_is_not_answered() {
    CompletableFuture<?> late =
        reads
            .read(ReadOptions.parse(Query.parse("resourceVersion=7")), View::revision)
            .toCompletableFuture();
    assertThat(late)
        .failsWithin(java.time.Duration.ZERO)
        .withThrowableThat()
        .withMessageContaining("Too large resource version: 7, current: 0");
    assertThat(store.asked).containsExactly(Freshness.LOCAL, Freshness.LINEARIZABLE);
  }

  private Reads.Read<Revision> read(String query) {
    return reads
        .read(ReadOptions.parse(Query.parse(query)), View::revision)
        .toCompletableFuture()
        .join();
  }
}
