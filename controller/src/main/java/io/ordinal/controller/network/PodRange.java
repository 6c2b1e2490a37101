package io.ordinal.controller.network;

import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The range of pods' addresses. It stands in the store and not in each controller's settings alone:
 * otherwise an address would depend on which controller happens to place a replica. A controller
 * whose settings name a range says so at its start; the last word counts.
 */
public final class PodRange {
  private static final Logger LOG = LoggerFactory.getLogger(PodRange.class);
  private static final RecordKey KEY = new RecordKey("network", "pods");
  private final ObjectStore store;
  private final String configured;

  /**
   * @param configured {@code ordinal.network.pods}: a range, {@code none}, or empty for whatever
   *     the cluster has
   * @throws IllegalArgumentException when it is none of them
   */
  public PodRange(ObjectStore store, String configured) {
    AddressPool.parse(configured);
    this.store = store;
    this.configured = configured.strip();
  }

  /** What pods get their addresses from; empty where their nodes choose. */
  public static Optional<AddressPool> in(View view) {
    return AddressPool.parse(text(view));
  }

  /** Commits what the settings say, if that is news. Fails when another one was faster. */
  public CompletionStage<Void> settle() {
    return store
        .read(Freshness.LINEARIZABLE, this::proposal)
        .thenCompose(
            proposal ->
                proposal.map(this::commit).orElseGet(() -> CompletableFuture.completedStage(null)));
  }

  private CompletionStage<Void> commit(Transaction proposal) {
    return store.commit(proposal).thenAccept(this::judge);
  }

  private void judge(Outcome outcome) {
    if (!(outcome instanceof Outcome.Committed)) {
      throw new IllegalStateException("the range of pods' addresses changed meanwhile");
    }
    LOG.info("pods get their addresses from {} from now on (ordinal.network.pods)", configured);
  }

  private Optional<Transaction> proposal(View view) {
    boolean noNews =
        configured.isEmpty() || AddressPool.parse(configured).equals(AddressPool.parse(text(view)));
    if (noNews) return Optional.empty();
    byte[] value = configured.getBytes(StandardCharsets.UTF_8);
    RecordCondition unmoved = RecordCondition.at(view.recordVersion(KEY));
    return Optional.of(Transaction.of(new Operation.PutRecord(KEY, value, unmoved)));
  }

  private static String text(View view) {
    return view.record(KEY)
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
        .orElse("");
  }
}
