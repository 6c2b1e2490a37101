package io.ordinal.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.api.cluster.MemberRecord;
import io.ordinal.controller.api.cluster.Signer;
import io.ordinal.controller.store.StoreOverloaded;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.member.pki.Credentials;
import io.ordinal.member.pki.StoredAuthority;
import io.ordinal.member.pki.Validity;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatienceTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Validity VALIDITY = new Validity(Duration.ofDays(365), Duration.ofDays(30));
  private static final Credentials.Wanted WANTED =
      new Credentials.Wanted(
          new Signer.Subject("c1", true, List.of("10.0.0.1")), List.of("10.0.0.1"), VALIDITY);

  private static final MemberRecord SELF = MemberRecord.founder("c1", List.of("10.0.0.1"), NOW);

  private final AtomicInteger asked = new AtomicInteger();

  /** Each look at it is ten seconds after the one before. */
  private final AtomicInteger looks = new AtomicInteger();

  private final InstantSource clock = () -> NOW.plusSeconds(10L * looks.getAndIncrement());

  @Test
  void a_store_that_is_unavailable_at_first_is_asked_again() {
    assertThat(still().answer(() -> failingFirst(3, unavailable("no majority"))))
        .isEqualTo("the fourth");
    assertThat(asked).hasValue(4);
  }

  @Test
  void so_is_one_that_has_too_much_to_do() {
    assertThat(still().answer(() -> failingFirst(3, new StoreOverloaded("full"))))
        .isEqualTo("the fourth");
  }

  @Test
  void so_is_one_that_refuses_without_a_stage() {
    String answer =
        still()
            .answer(
                () -> {
                  if (asked.incrementAndGet() < 3) throw unavailable("closed");
                  return CompletableFuture.completedStage("open");
                });
    assertThat(answer).isEqualTo("open");
  }

  @Test
  void when_the_time_is_over_the_last_cause_is_what_failed() {
    Patience patience = new Patience(NOW.plus(LIMIT), Duration.ofMillis(1), clock);
    assertThatThrownBy(
            () ->
                patience.answer(
                    () ->
                        CompletableFuture.failedStage(
                            unavailable("attempt " + asked.incrementAndGet()))))
        .isInstanceOf(StoreUnavailable.class)
        .hasMessage("attempt 7");
  }

  @Test
  void any_other_failure_is_told_at_once() {
    IllegalStateException other = new IllegalStateException("of another cluster");
    assertThatThrownBy(() -> still().answer(() -> failingFirst(1, other))).isSameAs(other);
    assertThat(asked).hasValue(1);
  }

  @Test
  void the_authority_is_settled_in_a_store_that_answers_late(@TempDir Path directory) {
    Credentials own = Credentials.prepare(directory, WANTED, NOW, RANDOM);
    LateStore store = new LateStore(5);
    StoredAuthority settled =
        still().answer(() -> StoredAuthority.settle(store, own, SELF, VALIDITY, () -> NOW, RANDOM));
    assertThat(settled.authority()).contains("BEGIN CERTIFICATE");
    assertThat(directory.resolve("ca.key")).doesNotExist();
    assertThat(store.refused()).isEqualTo(5);
  }

  /** As much time as it takes. */
  private static Patience still() {
    return new Patience(NOW.plus(LIMIT), Duration.ofMillis(1), () -> NOW);
  }

  private CompletionStage<String> failingFirst(int times, RuntimeException failure) {
    if (asked.getAndIncrement() < times) return CompletableFuture.failedStage(failure);
    return CompletableFuture.completedStage("the fourth");
  }

  private static StoreUnavailable unavailable(String why) {
    return new StoreUnavailable(why, null);
  }
}
