package io.ordinal.member;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.ActorSystem;

/**
 * Pekko Management's readiness check of a node: its session is granted a lease. A member that hosts
 * nothing passes. Named in the member's configuration.
 */
public final class SessionCheck implements Supplier<CompletionStage<Boolean>> {
  private final Optional<SessionSetup> session;

  /** The signature that Pekko Management looks for. */
  public SessionCheck(ActorSystem system) {
    this.session = system.settings().setup().get(SessionSetup.class);
  }

  @Override
  public CompletionStage<Boolean> get() {
    return CompletableFuture.completedStage(session.map(SessionSetup::held).orElse(true));
  }
}
