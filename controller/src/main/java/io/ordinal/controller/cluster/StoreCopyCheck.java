package io.ordinal.controller.cluster;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.ActorSystem;

/**
 * Pekko Management's readiness check of a controller: its copy of the store is new enough. Named in
 * the member's configuration.
 */
public final class StoreCopyCheck implements Supplier<CompletionStage<Boolean>> {
  private final Duration most;
  private final StoreCopySetup copy;

  /** The signature that Pekko Management looks for. */
  public StoreCopyCheck(ActorSystem system) {
    this.most = most(system.settings().config());
    this.copy =
        system
            .settings()
            .setup()
            .get(StoreCopySetup.class)
            .orElseThrow(() -> new IllegalStateException("the system was made without a store"));
  }

  /**
   * How old the copy may be.
   *
   * @param config the whole configuration
   */
  public static Duration most(Config config) {
    return config.getDuration("ordinal.cluster.ready-age");
  }

  @Override
  public CompletionStage<Boolean> get() {
    return CompletableFuture.completedStage(copy.age().compareTo(most) <= 0);
  }
}
