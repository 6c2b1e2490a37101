package io.ordinal.controller.api.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.id.NodeName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemberAdmissionTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final NodeName N1 = new NodeName("n1");
  private static final Duration AGE = Duration.ofSeconds(10);
  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private Duration elapsed = Duration.ZERO;
  private final MemberAdmission admission = new MemberAdmission(store, true, AGE, () -> elapsed);

  @Test
  void a_node_speaks_from_the_address_that_it_joined_with() {
    note("10.0.0.1");
    assertThat(obstacle("10.0.0.1")).isEmpty();
    assertThat(admission.refused()).isZero();
    assertThat(obstacle("10.0.0.2").orElseThrow())
        .isEqualTo("10.0.0.2 speaks for the node n1, which is the machine at 10.0.0.1");
    assertThat(admission.refused()).isEqualTo(1);
  }

  @Test
  void an_address_in_brackets_is_the_same() {
    note("fd00::1");
    assertThat(obstacle("[fd00::1]")).isEmpty();
  }

  @Test
  void a_node_that_joined_again_elsewhere_is_believed_at_once() {
    note("10.0.0.1");
    assertThat(obstacle("10.0.0.1")).isEmpty();
    note("10.0.0.9");
    assertThat(obstacle("10.0.0.9")).isEmpty();
    assertThat(obstacle("10.0.0.1")).isPresent();
  }

  @Test
  void a_removed_node_is_turned_away_after_a_while() {
    note("10.0.0.1");
    assertThat(obstacle("10.0.0.1")).isEmpty();
    store
        .commit(new Transaction(Members.forget(MemberRecord.founder("n1", List.of(), NOW))))
        .toCompletableFuture()
        .join();
    elapsed = AGE;
    assertThat(obstacle("10.0.0.1").orElseThrow()).contains("was removed from the cluster");
  }

  @Test
  void where_members_talk_in_the_clear_a_node_need_not_have_joined() {
    MemberAdmission open = new MemberAdmission(store, false, AGE, () -> elapsed);
    assertThat(open.obstacle(N1, "10.0.0.1").toCompletableFuture().join()).isEmpty();
    note("10.0.0.1");
    assertThat(open.obstacle(N1, "10.0.0.2").toCompletableFuture().join()).isPresent();
  }

  private Optional<String> obstacle(String host) {
    return admission.obstacle(N1, host).toCompletableFuture().join();
  }

  private void note(String address) {
    new Members(store)
        .note(MemberRecord.founder("n1", List.of(address), NOW), new ServedCluster.FakeGroup())
        .toCompletableFuture()
        .join();
  }
}
