package io.ordinal.controller.api.access;

import io.ordinal.controller.api.auth.Authenticator;
import io.ordinal.controller.api.auth.BearerTokens;
import io.ordinal.controller.api.auth.Identity;
import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.http.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** Finds out who sends a request, and refuses what they may not do. */
public final class AccessGate {
  private static final String BEARER = "bearer ";

  private final Authenticator certificates;
  private final BearerTokens tokens;
  private final Authorizer authorizer;

  AccessGate(Authenticator certificates, BearerTokens tokens, Authorizer authorizer) {
    this.certificates = certificates;
    this.tokens = tokens;
    this.authorizer = authorizer;
  }

  /**
   * Who sent a request, and whom it is to be answered as.
   *
   * @param sender who proved to be somebody
   * @param identity the same, unless the sender wants to be taken for somebody else and may
   */
  public record Caller(Identity sender, Identity identity) {
    /** Whether the sender is taken for somebody else. */
    public boolean impersonates() {
      return sender != identity;
    }
  }

  /** Who sent a request, by the certificate of the connection alone. */
  public Identity certified(HttpRequest request) {
    return certificates.of(request);
  }

  /** Who sent a request; fails with 401 when a token is shown that is nobody's. */
  public CompletionStage<Identity> sender(HttpRequest request) {
    Identity known = certified(request);
    if (!known.isAnonymous()) return CompletableFuture.completedStage(known);
    Optional<String> token = token(request);
    if (token.isEmpty()) return CompletableFuture.completedStage(known);
    return tokens
        .identify(token.get())
        .thenApply(found -> found.orElseThrow(Refusal::unauthorized));
  }

  private static Optional<String> token(HttpRequest request) {
    return request
        .getHeader("Authorization")
        .map(HttpHeader::value)
        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(value -> value.substring(BEARER.length()).trim())
        .filter(value -> !value.isEmpty());
  }

  /** Fails with 403 when the sender may not be taken for whom they name. */
  public CompletionStage<Caller> caller(HttpRequest request, Identity sender) {
    Optional<Impersonation> wanted = Impersonation.of(request);
    if (wanted.isEmpty()) return CompletableFuture.completedStage(new Caller(sender, sender));
    CompletionStage<Ruling> all = CompletableFuture.completedStage(Ruling.allowed(""));
    for (Action each : wanted.get().needed()) {
      all = all.thenCompose(before -> require(sender, each));
    }
    return all.thenApply(allowed -> new Caller(sender, wanted.get().identity()));
  }

  /** Fails with 403 unless this is allowed. */
  public CompletionStage<Ruling> require(Identity identity, Action action) {
    return authorizer
        .rule(identity, action)
        .thenApply(
            ruling -> {
              if (!ruling.allowed()) throw Denial.of(identity, action);
              return ruling;
            });
  }

  /**
   * Refuses whoever may not create what their request would create, by what is known here.
   *
   * @throws io.ordinal.controller.api.http.StatusException 403 in the words of Kubernetes
   */
  public void requireCreation(Call call) {
    Action action = Actions.of("create", call.path(), call.query());
    if (!authorizer.decide(call.identity(), action).allowed()) {
      throw Denial.of(call.identity(), action);
    }
  }

  /** Whether what somebody may grant depends on roles that must be known before they try. */
  public CompletionStage<Void> prepared(Identity identity, Action.OnResource action) {
    boolean grants =
        action.group().equals(AccessKinds.GROUP)
            && List.of("create", "update", "patch").contains(action.verb());
    return grants && !identity.isMaster()
        ? authorizer.caughtUp()
        : CompletableFuture.completedStage(null);
  }
}
