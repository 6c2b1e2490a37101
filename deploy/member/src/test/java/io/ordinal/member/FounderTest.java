package io.ordinal.member;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.ordinal.controller.api.cluster.MemberRecord;
import io.ordinal.controller.api.cluster.Members;
import io.ordinal.controller.api.cluster.Members.Noted;
import io.ordinal.controller.api.cluster.Signer;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.member.pki.Credentials;
import io.ordinal.member.pki.StoredAuthority;
import io.ordinal.member.pki.Validity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A controller that founds its cluster, and the cluster's record of it. */
class FounderTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Validity VALIDITY = new Validity(Duration.ofDays(365), Duration.ofDays(30));
  private static final Credentials.Wanted WANTED =
      new Credentials.Wanted(
          new Signer.Subject("c1", true, List.of("10.0.0.1")), List.of("10.0.0.1"), VALIDITY);
  private static final MemberRecord SELF = MemberRecord.founder("c1", List.of("10.0.0.1"), NOW);

  @TempDir private Path directory;
  private final LateStore store = new LateStore(0);
  private Credentials own;

  @BeforeEach
  void prepare() {
    own = Credentials.prepare(directory, WANTED, NOW, RANDOM);
  }

  /** Were it written later, others could join before, and it be taken for a removed one. */
  @Test
  void is_in_the_records_as_soon_as_there_is_an_authority() {
    settle();
    Optional<StoredAuthority> copied =
        read(StoredAuthority.local(store, own, VALIDITY, () -> NOW, RANDOM));
    Optional<MemberRecord> noted =
        read(store.read(Freshness.LOCAL, view -> Members.in(view, "c1")));
    assertThat(copied).isPresent();
    assertThat(noted).contains(SELF);
  }

  @Test
  void that_died_before_it_removed_the_authoritys_key_does_not_found_another_cluster()
      throws IOException {
    Path key = directory.resolve("ca.key");
    String text = Files.readString(key);
    settle();
    Files.writeString(key, text); // As though it had died before.
    Credentials again = Credentials.prepare(directory, WANTED, NOW, RANDOM);
    assertThat(again.foundsCluster()).isTrue();
    read(StoredAuthority.local(store, again, VALIDITY, () -> NOW, RANDOM));
    assertThat(again.foundsCluster()).isFalse();
  }

  @Test
  void notes_where_it_is_until_it_stands_and_then_no_more() throws InterruptedException {
    Deque<CompletionStage<Noted>> answers = new ArrayDeque<>();
    answers.add(CompletableFuture.failedStage(new StoreUnavailable("no majority", null)));
    answers.add(CompletableFuture.completedStage(Noted.UNKNOWN));
    answers.add(CompletableFuture.completedStage(Noted.OVERTAKEN));
    answers.add(CompletableFuture.completedStage(Noted.STANDS));
    OwnRecord record = new OwnRecord(answers::remove);
    List<String> told;
    try (Lines lines = Lines.of(OwnRecord.class)) {
      for (int left = 4; left > 0; left--) {
        assertThat(answers).hasSize(left);
        record.look();
      }
      record.look();
      told = lines.told(Level.WARN);
    }
    assertThat(answers).isEmpty();
    assertThat(told).hasSize(3);
    assertThat(told.get(0)).contains("no majority");
    assertThat(told.get(1)).contains("no controller of this name").contains("remove it");
    assertThat(told.get(2)).contains("changed while it was written").doesNotContain("remove");
  }

  private void settle() {
    read(StoredAuthority.settle(store, own, SELF, VALIDITY, () -> NOW, RANDOM));
  }

  private static <T> T read(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
