package io.ordinal.controller.boot;

import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.StoredRecord;
import io.ordinal.controller.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/**
 * Which Pekko cluster is the cluster: decided by the store, never by a seed list. A formation is a
 * record (number, address and uid of the actor system that formed it) written by compare-and-set
 * before its writer joins itself.
 */
final class Formation {
  private static final RecordKey KEY = new RecordKey("formation", "current");
  private final ObjectStore store;
  private final ActorSystem<?> system;

  Formation(ObjectStore store, ActorSystem<?> system) {
    this.store = store;
    this.system = system;
  }

  /**
   * Forms the cluster with this actor system. With one controller no other can be in the former
   * formation, so a new number is always allowed.
   *
   * @return the formation's number; fails when another controller wrote a formation meanwhile
   */
  CompletionStage<Long> form() {
    Cluster cluster = Cluster.get(system);
    return store
        .read(
            Freshness.LINEARIZABLE,
            view -> new Former(number(view.record(KEY).orElse(null)), view.recordVersion(KEY)))
        .thenCompose(
            former -> {
              long number = former.number() + 1;
              String text =
                  number
                      + "\n"
                      + cluster.selfMember().address()
                      + "\n"
                      + cluster.selfMember().uniqueAddress().longUid();
              byte[] value = text.getBytes(StandardCharsets.UTF_8);
              RecordCondition unchanged = RecordCondition.at(former.version());
              return store
                  .commit(Transaction.of(new Operation.PutRecord(KEY, value, unchanged)))
                  .thenApply(outcome -> joined(outcome, number, cluster));
            });
  }

  private static long joined(Outcome outcome, long number, Cluster cluster) {
    if (outcome instanceof Outcome.Refused refused) {
      throw new StoreUnavailable(
          "another controller formed the cluster meanwhile: " + refused.found(), null);
    }
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    return number;
  }

  private static long number(StoredRecord record) {
    if (record == null) return 0;
    return Long.parseLong(new String(record.value(), StandardCharsets.UTF_8).split("\n")[0]);
  }

  private record Former(long number, long version) {}
}
