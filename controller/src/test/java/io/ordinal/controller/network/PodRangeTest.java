package io.ordinal.controller.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.RecordKey;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodRangeTest {
  private final InMemoryObjectStore store = new InMemoryObjectStore();

  @Test
  void a_controller_that_names_no_range_leaves_the_clusters_alone() {
    starts("10.1.0.0/24");
    starts("");
    assertThat(agreed()).isEqualTo(AddressPool.parse("10.1.0.0/24"));
  }

  @Test
  void the_last_controller_that_names_a_range_sets_it_for_all() {
    starts("10.1.0.0/24");
    starts("10.2.0.0/24");
    assertThat(agreed()).isEqualTo(AddressPool.parse("10.2.0.0/24"));
    starts("none");
    assertThat(agreed()).isEmpty();
  }

  @Test
  void a_start_without_news_writes_nothing() {
    starts("10.1.0.0/24");
    long before = version();
    starts("10.1.0.7/24"); // The same range in other words.
    assertThat(version()).isEqualTo(before);
  }

  @Test
  void what_is_no_range_is_refused_before_anything_happens() {
    assertThatThrownBy(() -> new PodRange(store, "10.1.0.0"))
        .hasMessageContaining("ordinal.network.pods");
  }

  private void starts(String configured) {
    new PodRange(store, configured).settle().toCompletableFuture().join();
  }

  private Optional<AddressPool> agreed() {
    return store.read(Freshness.LINEARIZABLE, PodRange::in).toCompletableFuture().join();
  }

  private long version() {
    return store
        .read(Freshness.LINEARIZABLE, view -> view.recordVersion(new RecordKey("network", "pods")))
        .toCompletableFuture()
        .join();
  }
}
