package io.ordinal.controller.api.read;

import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.KeptView;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Reads as fresh as a client asked for. When the store cannot confirm that its copy is the newest,
 * the copy is answered with a warning.
 */
public final class Reads {
  /**
   * What was read.
   *
   * @param revision of the store at that moment
   */
  public record Read<T>(T value, Revision revision, List<String> warnings) {}

  private final ConfirmedStore store;

  public Reads(ConfirmedStore store) {
    this.store = store;
  }

  /** Fails with a StatusException when the client knows of a later revision than the store. */
  public <T> CompletionStage<Read<T>> read(ReadOptions options, Function<View, T> query) {
    Function<View, Read<T>> noted =
        view -> new Read<>(query.apply(view), view.revision(), List.of());
    if (options.freshness() == Freshness.LINEARIZABLE) {
      return confirmed(noted).thenApply(found -> newEnough(options, found));
    }
    return store
        .read(Freshness.LOCAL, noted)
        .thenCompose(
            found ->
                options.isMetBy(found.revision())
                    ? CompletableFuture.completedStage(found)
                    : confirmed(noted).thenApply(later -> newEnough(options, later)));
  }

  /** What this controller has, not older than what it was read to be before. */
  CompletionStage<KeptView> keep() {
    return store.keep();
  }

  private <T> CompletionStage<Read<T>> confirmed(Function<View, Read<T>> query) {
    return store
        .read(Freshness.LINEARIZABLE, query)
        .exceptionallyCompose(
            failure -> {
              if (!(cause(failure) instanceof StoreUnavailable)) {
                return CompletableFuture.failedStage(failure);
              }
              return store
                  .read(Freshness.LOCAL, query)
                  .thenApply(found -> new Read<>(found.value(), found.revision(), stale()));
            });
  }

  private List<String> stale() {
    Duration age = store.age();
    String since =
        age.isZero()
            ? "could not be confirmed"
            : "was last confirmed " + Math.max(1, age.toSeconds()) + " s ago";
    return List.of(
        "the cluster has no majority of its controllers: this answer is the own copy of one, which "
            + since
            + " and may be out of date");
  }

  private static <T> Read<T> newEnough(ReadOptions options, Read<T> found) {
    if (options.isMetBy(found.revision())) return found;
    throw Refusal.tooNew(options.atLeast(), found.revision().value());
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
