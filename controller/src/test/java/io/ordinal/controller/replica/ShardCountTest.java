package io.ordinal.controller.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.store.InMemoryObjectStore;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShardCountTest {
  private final InMemoryObjectStore store = new InMemoryObjectStore();

  @Test
  void the_first_controller_writes_the_count_down() {
    assertThat(objection(50)).isEmpty();
    settle(50);
    settle(50);
    assertThat(store.committed()).hasSize(1);
    assertThat(objection(50)).isEmpty();
  }

  @Test
  void a_controller_with_another_count_is_told_which_one_it_must_have() {
    settle(50);
    assertThat(objection(60))
        .hasValue(
            "ordinal.replica.shards is 60 here and 50 in this cluster: it must be 50 on every"
                + " controller");
    assertThatThrownBy(() -> settle(60)).hasMessageContaining("60 here and 50");
  }

  private Optional<String> objection(int configured) {
    return new ShardCount(store, configured).objection().toCompletableFuture().join();
  }

  private void settle(int configured) {
    new ShardCount(store, configured).settle().toCompletableFuture().join();
  }
}
