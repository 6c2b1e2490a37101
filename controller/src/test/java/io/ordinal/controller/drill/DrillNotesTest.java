package io.ordinal.controller.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Two controllers hear the same members, and write in any order. */
class DrillNotesTest {
  private static final SpotReport INJECTED = new SpotReport(SpotState.INJECTED, "frozen");
  private static final SpotReport REVERTED = new SpotReport(SpotState.REVERTED, "goes on");
  private static final Instant BEGAN = Instant.parse("2030-01-01T00:00:00Z");
  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final DrillNotes one = new DrillNotes(store);
  private final DrillNotes other = new DrillNotes(store);

  private <T> T read(Function<View, T> reading) {
    return store.read(Freshness.LOCAL, reading).toCompletableFuture().join();
  }

  private SpotReport known() {
    return read(view -> DrillRecords.reports(view, "d")).get("n1");
  }

  private static LifeEvidence life(Instant started, Instant ended) {
    return new LifeEvidence(
        new ReplicaId("default", "web-0"),
        new Incarnation(7),
        "n1",
        Optional.ofNullable(started),
        Optional.ofNullable(ended));
  }

  @Test
  void a_late_report_does_not_undo_a_newer_one() {
    one.report("d", "n1", REVERTED).toCompletableFuture().join();
    other.report("d", "n1", INJECTED).toCompletableFuture().join();
    assertThat(known()).isEqualTo(REVERTED);
  }

  @Test
  void reports_that_cross_leave_the_newer_one() {
    for (List<SpotReport> order :
        List.of(List.of(INJECTED, REVERTED), List.of(REVERTED, INJECTED))) {
      store.hold();
      CompletableFuture<Void> first = one.report("d", "n1", order.get(0)).toCompletableFuture();
      CompletableFuture<Void> second = other.report("d", "n1", order.get(1)).toCompletableFuture();
      assertThat(store.waiting()).as("both have read that nothing is known").isEqualTo(2);
      store.release();
      first.join();
      second.join();
      assertThat(known()).as("%s", order).isEqualTo(REVERTED);
      var leftovers = read(view -> DrillRecords.leftovers(view, Set.of()));
      leftovers.forEach(each -> store.commit(Transaction.of(each)).toCompletableFuture().join());
    }
  }

  @Test
  void what_is_known_is_not_written_again() {
    one.report("d", "n1", INJECTED).toCompletableFuture().join();
    other.report("d", "n1", INJECTED).toCompletableFuture().join();
    assertThat(store.committed()).hasSize(1);
  }

  @Test
  void the_end_of_a_life_stays_though_its_beginning_is_told_later() {
    Instant ended = BEGAN.plusSeconds(9);
    one.life("d", life(null, ended)).toCompletableFuture().join();
    other.life("d", life(BEGAN, null)).toCompletableFuture().join();
    List<LifeEvidence> known = read(view -> DrillRecords.lives(view, "d"));
    assertThat(known).containsExactly(life(BEGAN, ended));
    one.life("d", life(BEGAN, null)).toCompletableFuture().join();
    assertThat(store.committed()).hasSize(2);
  }
}
