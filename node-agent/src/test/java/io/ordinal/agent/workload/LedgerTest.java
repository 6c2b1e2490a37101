package io.ordinal.agent.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.agent.lifecycle.LifeAction;
import io.ordinal.agent.lifecycle.LifeMemory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A start waits until its intention is on disk. */
class LedgerTest {
  private static final LifeAction.Start FIRST = new LifeAction.Start("main", 0);
  private static final LifeAction.Start SECOND = new LifeAction.Start("main", 1);
  private static final LifeMemory BEFORE = memory("");
  private static final LifeMemory AFTER = memory("Error");
  private final Ledger ledger = new Ledger();

  private static LifeMemory memory(String reason) {
    return new LifeMemory(Optional.empty(), false, reason, "", List.of(), List.of());
  }

  @Test
  void a_start_may_begin_when_it_is_written_and_not_before() {
    ledger.intend(FIRST);
    assertThat(ledger.begin(BEFORE)).isTrue();
    ledger.intend(SECOND);
    assertThat(ledger.begin(AFTER)).as("one is under way").isFalse();
    assertThat(ledger.done()).containsExactly(FIRST);
    assertThat(ledger.begin(AFTER)).isTrue();
    assertThat(ledger.done()).containsExactly(SECOND);
  }

  @Test
  void what_is_written_is_not_written_again() {
    assertThat(ledger.begin(BEFORE)).isTrue();
    assertThat(ledger.done()).isEmpty();
    assertThat(ledger.begin(BEFORE)).isFalse();
    assertThat(ledger.begin(AFTER)).isTrue();
  }

  @Test
  void what_could_not_be_written_is_written_again_with_its_starts() {
    ledger.intend(FIRST);
    assertThat(ledger.begin(BEFORE)).isTrue();
    ledger.failed();
    ledger.intend(SECOND);
    assertThat(ledger.begin(BEFORE)).isTrue();
    assertThat(ledger.done()).containsExactly(FIRST, SECOND);
  }
}
