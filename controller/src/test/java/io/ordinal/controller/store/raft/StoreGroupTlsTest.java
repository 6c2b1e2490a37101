package io.ordinal.controller.store.raft;

import static io.ordinal.controller.store.raft.StoreMembers.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.SampleDocuments;
import io.ordinal.controller.store.StoreTls;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.Transaction;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreGroupTlsTest {
  private static final String IMPATIENT = "timing { commit = 3s, join = 6s }\n";

  @TempDir Path directory;

  private static Outcome put(RaftObjectStore store) {
    Operation put =
        new Operation.Put(
            SampleDocuments.pod("a", "x"), SampleDocuments.draft("u", 1, "v"), Condition.ANY);
    return await(store.commit(Transaction.of(put)));
  }

  @Test
  void members_with_certificates_of_the_cluster_work_together() throws Exception {
    StoreTls tls = TestCertificates.in(directory, "cluster");
    try (StoreMembers members = new StoreMembers(directory, "", Optional.of(tls))) {
      for (int i = 0; i < 3; i++) members.grow(i);
      for (RaftObjectStore store : members.all())
        assertThat(put(store)).isInstanceOf(Outcome.Committed.class);
      members.stop(members.numberOf(members.leader()));
      for (RaftObjectStore store : members.all())
        assertThat(put(store)).isInstanceOf(Outcome.Committed.class);
      members.awaitEqual();
    }
  }

  @Test
  void a_member_is_nobody_at_another_address_than_its_certificates() throws Exception {
    StoreTls elsewhere = TestCertificates.in(directory, "elsewhere", "127.0.0.2");
    try (StoreMembers members = new StoreMembers(directory, IMPATIENT, Optional.of(elsewhere))) {
      members.grow(0);
      assertThatThrownBy(() -> members.grow(1)).hasCauseInstanceOf(StoreUnavailable.class);
      assertThat(members.any().group().members()).hasSize(1);
    }
  }

  @Test
  void nobody_else_becomes_a_member() throws Exception {
    Stream<Optional<StoreTls>> strangers =
        Stream.of(Optional.of(TestCertificates.in(directory, "stranger")), Optional.empty());
    StoreTls tls = TestCertificates.in(directory, "cluster");
    try (StoreMembers members = new StoreMembers(directory, IMPATIENT, Optional.of(tls))) {
      members.grow(0);
      for (Optional<StoreTls> proof : strangers.toList()) {
        Path place = directory.resolve("stranger-" + proof.isPresent());
        RaftObjectStore.joining(place, members.any().group().id());
        try (RaftObjectStore stranger =
            RaftObjectStore.begin(TestSettings.with(IMPATIENT), place, proof)) {
          assertThatThrownBy(
                  () -> await(members.any().group().add(StoreMembers.memberOf(stranger))))
              .hasCauseInstanceOf(StoreUnavailable.class);
          assertThat(stranger.led().toCompletableFuture()).isNotDone();
        }
      }
      assertThat(members.any().group().members()).hasSize(1);
      assertThat(put(members.any())).isInstanceOf(Outcome.Committed.class);
    }
  }
}
