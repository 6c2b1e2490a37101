package io.ordinal.controller.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.document.drill.DrillStatus.Service;
import io.ordinal.controller.replica.Basis;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.Transaction;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceProberTest {
  private final ActorTestKit kit = ActorTestKit.create();
  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final Testimonies testimonies = new Testimonies();
  private final AtomicReference<Duration> watch = new AtomicReference<>(Duration.ofSeconds(100));

  @BeforeEach
  void begin() {
    take();
    kit.spawn(
        ServiceProber.create(
            "d",
            Duration.ofSeconds(99),
            new ServiceProber.Means(store, watch::get, testimonies),
            DrillStage.SETTINGS));
    await().until(() -> service().writes().sent() > 0);
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private Service service() {
    return testimonies
        .of("d")
        .service()
        .orElse(new Service(Tally.from(Duration.ZERO).told(), null));
  }

  private void take() {
    RecordKey term = new RecordKey(Basis.TERM_FAMILY, Basis.TERM_ID);
    store
        .commit(Transaction.of(new Operation.PutRecord(term, new byte[] {1}, RecordCondition.ANY)))
        .toCompletableFuture()
        .join();
  }

  @Test
  void the_time_without_an_acknowledged_write_is_the_gap() {
    store.hold();
    watch.updateAndGet(now -> now.plusMillis(700));
    long before = service().writes().sent();
    store.release();
    await().until(() -> service().writes().sent() > before + 1);
    assertThat(service().writes().longestGap()).isBetween(700L, 710L);
    assertThat(service().sequencing()).isNull();
  }

  @Test
  void a_write_that_is_not_acknowledged_in_time_is_lost() {
    store.hold();
    await().until(() -> service().writes().lost() > 0);
    assertThat(service().sequencing()).isNull();
  }

  @Test
  void a_higher_term_of_the_controller_of_sets_is_when_it_was_replaced() {
    watch.updateAndGet(now -> now.plusMillis(3000));
    take();
    await().until(() -> service().sequencing() != null);
    watch.updateAndGet(now -> now.plusMillis(3000));
    take();
    long before = service().writes().sent();
    await().until(() -> service().writes().sent() > before + 1);
    assertThat(service().sequencing()).isEqualTo(4000);
  }
}
