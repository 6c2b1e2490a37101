package io.ordinal.controller.api.access;

import io.ordinal.controller.api.auth.Authenticator;
import io.ordinal.controller.api.auth.BearerTokens;
import io.ordinal.controller.api.write.Bodies;
import io.ordinal.controller.api.write.Guard;
import io.ordinal.controller.api.write.WriteParts.Origins;
import io.ordinal.controller.store.ObjectStore;
import org.apache.pekko.actor.typed.ActorSystem;

/** Everything about access, over one index that follows the store until it is closed. */
public final class AccessParts implements AutoCloseable {
  private final ObjectStore store;
  private final AccessSettings settings;
  private final Origins origins;
  private final AccessIndex index;
  private final Authorizer authorizer;
  private final BearerTokens tokens;
  private final AccessGate gate;

  /**
   * Begins to follow the store.
   *
   * @param certificates knows those who show one
   */
  public AccessParts(
      ObjectStore store,
      Authenticator certificates,
      AccessSettings settings,
      Origins origins,
      ActorSystem<?> system) {
    this.store = store;
    this.settings = settings;
    this.origins = origins;
    this.index = new AccessIndex(store, settings, system);
    this.authorizer = new Authorizer(index);
    this.tokens = new BearerTokens(index, settings.adminToken(), origins.clock());
    this.gate = new AccessGate(certificates, tokens, authorizer);
  }

  /** What every request passes. */
  public AccessGate gate() {
    return gate;
  }

  /** What roles and bindings pass before they are written. */
  public Guard guard() {
    return new Escalation(authorizer);
  }

  public ReviewHandler reviews(Bodies bodies) {
    return new ReviewHandler(bodies, authorizer, tokens);
  }

  public TokenHandler tokens(Bodies bodies) {
    return new TokenHandler(store, bodies, settings.longestToken(), origins);
  }

  @Override
  public void close() {
    index.close();
  }
}
