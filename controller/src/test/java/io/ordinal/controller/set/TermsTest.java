package io.ordinal.controller.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.id.Term;
import org.junit.jupiter.api.Test;

final class TermsTest {
  private static final RecordKey FORMATION = new RecordKey("formation", "current");

  private final InMemoryObjectStore store = new InMemoryObjectStore();

  private void formationBegins() {
    Operation next = new Operation.PutRecord(FORMATION, new byte[] {1}, RecordCondition.ANY);
    store.commit(Transaction.of(next)).toCompletableFuture().join();
  }

  /** By a controller that is in the formation of this version of the record. */
  private Term take(long formation) {
    Operation office = new Operation.ExpectRecord(FORMATION, RecordCondition.at(formation));
    return Terms.take(store, () -> office, "a controller").toCompletableFuture().join();
  }

  @Test
  void each_activation_takes_a_higher_term() {
    formationBegins();
    assertThat(take(1)).isEqualTo(new Term(1));
    assertThat(take(1)).isEqualTo(new Term(2));
  }

  @Test
  void two_formations_cannot_both_be_in_office() {
    formationBegins();
    assertThat(take(1)).isEqualTo(new Term(1));
    formationBegins();
    assertThat(take(2)).isEqualTo(new Term(2));
    // A controller of the former one wakes: its term is over, and it gets no other.
    assertThatThrownBy(() -> take(1)).hasCauseInstanceOf(StoreUnavailable.class);
    assertThat(take(2)).isEqualTo(new Term(3));
  }
}
