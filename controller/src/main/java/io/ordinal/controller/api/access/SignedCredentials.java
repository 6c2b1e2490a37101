package io.ordinal.controller.api.access;

import io.ordinal.controller.api.auth.AccountClaims;
import io.ordinal.controller.api.auth.AccountClaims.Bound;
import io.ordinal.controller.api.auth.AccountName;
import io.ordinal.controller.api.auth.ClusterSecrets;
import io.ordinal.controller.cluster.ControllerRecord;
import io.ordinal.controller.cluster.Controllers;
import io.ordinal.controller.document.AccountVolume;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.node.Lives.OrderIncomplete;
import io.ordinal.controller.replica.PodCredentials;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.View;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Tokens of pods, signed like those that are asked for by {@code kubectl create token}. */
public final class SignedCredentials implements PodCredentials {
  private final byte[] authority;
  private final Duration longest;
  private final InstantSource clock;
  private final Supplier<String> ids;

  /**
   * @param authority as PEM
   * @param longest that a token may hold
   * @param ids a fresh one for each token
   */
  public SignedCredentials(
      String authority, Duration longest, InstantSource clock, Supplier<String> ids) {
    this.authority = authority.getBytes(StandardCharsets.US_ASCII);
    this.longest = longest;
    this.clock = clock;
    this.ids = ids;
  }

  @Override
  public Token token(View view, ApiObject pod, String audience, Duration life) {
    AccountName name = name(pod);
    StoredObject account = account(view, name);
    ClusterSecrets secrets = secrets(view);
    Duration granted = life.compareTo(longest) < 0 ? life : longest;
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    AccountClaims claims =
        new AccountClaims(
            name,
            account.uid(),
            List.of(audience.isEmpty() ? AccountClaims.ISSUER : audience),
            now,
            now.plus(granted),
            ids.get(),
            Optional.of(new Bound("Pod", pod.name(), pod.uid())));
    return new Token(claims.sign(secrets.key()), granted);
  }

  @Override
  public void requireAccount(View view, ApiObject pod) {
    account(view, name(pod));
    secrets(view);
  }

  private static AccountName name(ApiObject pod) {
    return new AccountName(pod.namespace(), AccountVolume.accountOf(pod.tree()));
  }

  private static StoredObject account(View view, AccountName name) {
    return view.get(new ObjectKey(AccessKinds.ACCOUNTS, name.namespace(), name.name()))
        .orElseThrow(() -> new OrderIncomplete("serviceaccount \"" + name.name() + "\" not found"));
  }

  private static ClusterSecrets secrets(View view) {
    return ClusterSecrets.in(view)
        .orElseThrow(() -> new OrderIncomplete("the cluster is still being founded"));
  }

  @Override
  public byte[] authority() {
    return authority.clone();
  }

  /** The controller on the pod's own machine, or else one that others of its set may not have. */
  @Override
  public Optional<URI> api(View view, ApiObject pod) {
    String node = pod.spec().path("nodeName").asString("");
    return Controllers.in(view).stream()
        .min(
            Comparator.comparing((ControllerRecord each) -> !each.name().equals(node))
                .thenComparing(each -> (each.name() + "/" + pod.uid()).hashCode()))
        .map(each -> URI.create(each.api()));
  }
}
