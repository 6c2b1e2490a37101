package io.ordinal.controller.api.auth;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows users by the token that they show: the administrator's, or one of a service account that
 * still exists.
 */
public final class BearerTokens {
  private static final int MOST_KNOWN = 4096;
  private static final Identity ADMINISTRATOR =
      new Identity("ordinal-admin", Set.of(Identity.MASTERS, Identity.AUTHENTICATED));

  /**
   * Who shows a token.
   *
   * @param audiences those of the asked ones that the token is for; never empty
   */
  public record Bearer(Identity identity, List<String> audiences) {}

  /** How a token stands to what is known here. */
  private enum Standing {
    GOOD,
    BAD,
    /** Perhaps good, if there is news that has not come here yet. */
    UNKNOWN
  }

  /** What a token says that the key of this id has signed. */
  private record Signed(String keyId, AccountClaims claims) {}

  private final Accounts accounts;
  private final boolean adminToken;
  private final InstantSource clock;
  private final Map<String, Signed> signed = new ConcurrentHashMap<>();

  /**
   * @param adminToken whether the administrator's token is believed
   */
  public BearerTokens(Accounts accounts, boolean adminToken, InstantSource clock) {
    this.accounts = accounts;
    this.adminToken = adminToken;
    this.clock = clock;
  }

  /** Whose token this is, if it is for the API; empty for nobody's. */
  public CompletionStage<Optional<Identity>> identify(String token) {
    return identify(token, List.of(AccountClaims.ISSUER))
        .thenApply(found -> found.map(Bearer::identity));
  }

  /**
   * Whose token this is; empty for nobody's.
   *
   * @param audiences one of which the token must be for
   */
  public CompletionStage<Optional<Bearer>> identify(String token, List<String> audiences) {
    if (accounts.secrets().isEmpty() || standing(token) == Standing.UNKNOWN) {
      return accounts.caughtUp().thenCompose(done -> known(token, audiences));
    }
    return known(token, audiences);
  }

  private CompletionStage<Optional<Bearer>> known(String token, List<String> audiences) {
    Optional<ClusterSecrets> secrets = accounts.secrets();
    if (adminToken && secrets.isPresent() && secrets.get().isAdminToken(token)) {
      return done(bearer(ADMINISTRATOR, List.of(AccountClaims.ISSUER), audiences));
    }
    if (standing(token) != Standing.GOOD) return done(Optional.empty());
    AccountClaims claims = claims(token).orElseThrow();
    Optional<Bearer> bearer = bearer(claims.identity(), claims.audiences(), audiences);
    if (bearer.isEmpty() || claims.bound().isEmpty()) return done(bearer);
    AccountClaims.Bound bound = claims.bound().get();
    return accounts
        .exists(bound.key(claims.account().namespace()), bound.uid())
        .thenApply(there -> bearer.filter(each -> there));
  }

  private static Optional<Bearer> bearer(Identity who, List<String> meant, List<String> asked) {
    List<String> common = asked.stream().filter(meant::contains).distinct().toList();
    return common.isEmpty() ? Optional.empty() : Optional.of(new Bearer(who, common));
  }

  private Standing standing(String token) {
    if (isOfUnknownKey(token)) return Standing.UNKNOWN;
    Optional<AccountClaims> claims = claims(token);
    if (claims.isEmpty()) return Standing.BAD;
    if (!clock.instant().isBefore(claims.get().expires())) return Standing.BAD;
    boolean present = accounts.uid(claims.get().account()).equals(Optional.of(claims.get().uid()));
    return present ? Standing.GOOD : Standing.UNKNOWN;
  }

  /** The key may be new, and this controller may not have heard of it yet. */
  private boolean isOfUnknownKey(String token) {
    if (signed.containsKey(token)) return false;
    return WebToken.keyId(token)
        .filter(id -> accounts.secrets().filter(each -> each.knows(id)).isEmpty())
        .isPresent();
  }

  /** Checking a signature takes longer than all the rest, so it is done once. */
  private Optional<AccountClaims> claims(String token) {
    Signed known = signed.get(token);
    Optional<OpenKey> key =
        Optional.ofNullable(known)
            .map(Signed::keyId)
            .or(() -> WebToken.keyId(token))
            .flatMap(id -> accounts.secrets().flatMap(it -> it.believed(id, clock.instant())));
    if (key.isEmpty()) return Optional.empty(); // Also one that was believed a while ago.
    if (known != null) return Optional.of(known.claims());
    Optional<AccountClaims> claims = AccountClaims.verified(key.get(), token);
    if (signed.size() >= MOST_KNOWN) signed.clear();
    claims.ifPresent(each -> signed.put(token, new Signed(key.get().id(), each)));
    return claims;
  }

  private static CompletionStage<Optional<Bearer>> done(Optional<Bearer> bearer) {
    return CompletableFuture.completedStage(bearer);
  }
}
