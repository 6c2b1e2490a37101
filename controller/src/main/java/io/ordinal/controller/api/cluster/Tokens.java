package io.ordinal.controller.api.cluster;

import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.StoredRecord;
import io.ordinal.controller.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/** The join tokens of the cluster, in its store. */
final class Tokens {
  /** Longer than anybody sets up machines for; a token that never expires is a password. */
  private static final Duration LONGEST = Duration.ofDays(30);

  private final ObjectStore store;
  private final InstantSource clock;
  private final RandomGenerator chance;

  /**
   * @param chance makes secrets
   */
  Tokens(ObjectStore store, InstantSource clock, RandomGenerator chance) {
    this.store = store;
    this.clock = clock;
    this.chance = chance;
  }

  /** A token as it is told once, to whoever made it. */
  record Made(TokenText text, StoredToken stored) {}

  /** Those that have expired are removed on the way. */
  CompletionStage<Made> create(
      JoinRole role, Duration life, String note, java.security.cert.X509Certificate authority) {
    if (life.isNegative() || life.isZero() || life.compareTo(LONGEST) > 0) {
      throw Refusal.badRequest(
          "ttl: expected above zero and at most " + LONGEST + ", found " + life);
    }
    TokenText text = TokenText.fresh(chance, authority);
    Instant now = clock.instant();
    StoredToken stored =
        new StoredToken(
            text.id(), TokenText.hashOf(text.secret()), role, now, now.plus(life), note);
    return list()
        .thenCompose(
            known -> {
              List<Operation> steps = new ArrayList<>();
              steps.add(
                  new Operation.PutRecord(stored.key(), stored.bytes(), RecordCondition.ABSENT));
              known.stream()
                  .filter(each -> each.expiredAt(now))
                  .forEach(each -> steps.add(removal(each.key())));
              return store.commit(new Transaction(steps));
            })
        .thenApply(
            outcome -> {
              if (outcome instanceof Outcome.Refused) throw Refusal.tooMany("ask again");
              return new Made(text, stored);
            });
  }

  CompletionStage<List<StoredToken>> list() {
    return store.read(
        Freshness.LINEARIZABLE,
        view ->
            view.records(StoredToken.FAMILY).stream()
                .map(StoredRecord::value)
                .map(StoredToken::of)
                .toList());
  }

  CompletionStage<Optional<StoredToken>> find(String id) {
    if (id.isEmpty()) throw Refusal.unauthorized();
    return store.read(
        Freshness.LINEARIZABLE,
        view ->
            view.record(new RecordKey(StoredToken.FAMILY, id))
                .map(StoredRecord::value)
                .map(StoredToken::of));
  }

  /** Whether there was one. */
  CompletionStage<Boolean> delete(String id) {
    return find(id)
        .thenCompose(
            found ->
                store
                    .commit(Transaction.of(removal(new RecordKey(StoredToken.FAMILY, id))))
                    .thenApply(outcome -> found.isPresent()));
  }

  private static Operation removal(RecordKey key) {
    return new Operation.DeleteRecord(key, RecordCondition.ANY);
  }
}
