package io.ordinal.controller.api.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.api.http.Query;
import io.ordinal.controller.store.ForwardingStore;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ReadsTest {
  private static final ConfirmPatience PATIENCE =
      new ConfirmPatience(Duration.ofSeconds(5), Duration.ofMillis(20));

  /** Notes how it is read; a silent one never answers what needs a majority. */
  private static final class NotedStore extends ForwardingStore {
    private final InMemoryObjectStore copy;
    private final List<Freshness> asked = new ArrayList<>();
    private boolean silent;

    NotedStore(InMemoryObjectStore copy) {
      super(copy);
      this.copy = copy;
    }

    @Override
    public <T> CompletionStage<T> read(Freshness freshness, Function<View, T> query) {
      asked.add(freshness);
      boolean never = silent && freshness == Freshness.LINEARIZABLE;
      return never ? new CompletableFuture<>() : copy.read(freshness, query);
    }
  }

  private final NotedStore store = new NotedStore(new InMemoryObjectStore());
  private Duration age = Duration.ZERO;
  private final ConfirmedStore confirmed =
      new ConfirmedStore(store, () -> age, PATIENCE, System::nanoTime);
  private final Reads reads = new Reads(confirmed);

  @Test
  void a_read_is_the_newest_unless_the_client_is_content_with_less() {
    assertThat(read("").warnings()).isEmpty();
    read("resourceVersion=0");
    assertThat(store.asked).containsExactly(Freshness.LINEARIZABLE, Freshness.LOCAL);
  }

  @Test
  void without_a_majority_the_own_copy_is_answered_with_a_warning() {
    store.copy.loseMajority();
    age = Duration.ofSeconds(12);
    assertThat(read("").warnings())
        .singleElement()
        .asString()
        .contains("no majority")
        .contains("was last confirmed 12 s ago");
    assertThat(read("resourceVersion=0").warnings()).isEmpty();
  }

  @Test
  void an_outage_that_lasts_is_not_waited_for_by_every_read() {
    store.silent = true;
    age = Duration.ofMinutes(10); // Otherwise the test's own time would be the five seconds.
    assertThat(read("").warnings()).hasSize(1);
    age = Duration.ZERO;
    assertThat(PATIENCE.at(age)).isEqualTo(Duration.ofSeconds(5));
    assertThat(PATIENCE.at(Duration.ofSeconds(4))).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void a_write_that_fails_says_since_when_there_is_no_majority() {
    store.copy.loseMajority();
    age = Duration.ofSeconds(7);
    assertThat(confirmed.commit(new Transaction(List.of())).toCompletableFuture())
        .failsWithin(Duration.ofSeconds(1))
        .withThrowableThat()
        .withMessageContaining("no majority of the controllers has been heard of for 7 s");
    assertThatThrownBy(confirmed::requireMajority).isInstanceOf(StoreUnavailable.class);
  }

  @Test
  void a_copy_that_is_behind_what_the_client_saw_is_not_answered() {
    CompletableFuture<?> late =
        reads
            .read(ReadOptions.parse(Query.parse("resourceVersion=7")), View::revision)
            .toCompletableFuture();
    assertThat(late)
        .failsWithin(Duration.ZERO)
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
