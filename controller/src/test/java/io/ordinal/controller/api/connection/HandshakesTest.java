package io.ordinal.controller.api.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HandshakesTest {
  @Test
  void its_threads_are_told_apart_by_their_names() throws Exception {
    try (Handshakes two = new Handshakes(2)) {
      CyclicBarrier together = new CyclicBarrier(2);
      List<CompletableFuture<String>> names =
          Stream.generate(() -> CompletableFuture.supplyAsync(() -> name(together), two))
              .limit(2)
              .toList();
      assertThat(names)
          .extracting(each -> each.get(10, TimeUnit.SECONDS))
          .containsExactlyInAnyOrder("ordinal-handshakes-1", "ordinal-handshakes-2");
    }
  }

  private static String name(CyclicBarrier together) {
    try {
      together.await(10, TimeUnit.SECONDS);
      return Thread.currentThread().getName();
    } catch (Exception alone) {
      throw new AssertionError(alone);
    }
  }
}
