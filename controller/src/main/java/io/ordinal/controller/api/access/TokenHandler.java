package io.ordinal.controller.api.access;

import io.ordinal.controller.api.auth.AccountClaims;
import io.ordinal.controller.api.auth.AccountClaims.Bound;
import io.ordinal.controller.api.auth.AccountName;
import io.ordinal.controller.api.auth.ClusterSecrets;
import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.kind.ReviewKind;
import io.ordinal.controller.api.write.Bodies;
import io.ordinal.controller.api.write.Posted;
import io.ordinal.controller.api.write.WriteParts.Origins;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict.Cause;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.View;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers POST on the token of a service account. */
public final class TokenHandler {
  private static final long USUAL_SECONDS = 3600;
  private static final long LEAST_SECONDS = 600;
  private static final long MOST_SECONDS = 1L << 32;
  private static final String BOUND = "spec.boundObjectRef";

  private final ObjectStore store;
  private final Bodies bodies;
  private final Duration longest;
  private final Origins origins;

  TokenHandler(ObjectStore store, Bodies bodies, Duration longest, Origins origins) {
    this.store = store;
    this.bodies = bodies;
    this.longest = longest;
    this.origins = origins;
  }

  /** What the store says of those that a token names. */
  private record Found(
      Optional<StoredObject> account,
      Optional<StoredObject> bound,
      Optional<ClusterSecrets> keys) {}

  public CompletionStage<HttpResponse> token(Call call) {
    return Posted.of(bodies, call, ReviewKind.tokenRequest())
        .thenCompose(
            posted -> {
              ObjectNode request = posted.tree();
              Optional<Bound> wanted = bound(request.path("spec").path("boundObjectRef"));
              long seconds = seconds(request.path("spec").path("expirationSeconds"));
              return store
                  .read(Freshness.LINEARIZABLE, view -> look(view, call, wanted))
                  .thenApply(found -> answer(call, posted, seconds, wanted, found));
            });
  }

  private static Found look(View view, Call call, Optional<Bound> wanted) {
    return new Found(
        view.get(call.path().key()),
        wanted.flatMap(each -> view.get(each.key(call.path().namespace()))),
        ClusterSecrets.in(view));
  }

  private HttpResponse answer(
      Call call, Posted posted, long seconds, Optional<Bound> wanted, Found found) {
    StoredObject account =
        found.account().orElseThrow(() -> Refusal.notFound(call.kind(), call.path().name()));
    ClusterSecrets secrets =
        found.keys().orElseThrow(() -> Refusal.unavailable("the cluster is still being founded"));
    Optional<Bound> bound = wanted.map(each -> checked(each, found.bound(), account));
    ObjectNode request = posted.tree();
    Instant now = origins.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    long granted = Math.min(seconds, longest.toSeconds());
    AccountClaims claims =
        new AccountClaims(
            new AccountName(call.path().namespace(), call.path().name()),
            account.uid(),
            audiences(request),
            now,
            now.plusSeconds(granted),
            origins.uids().get(),
            bound);
    ObjectNode spec = request.withObject("/spec");
    claims.audiences().forEach(spec.putArray("audiences")::add);
    spec.put("expirationSeconds", granted);
    request
        .putObject("status")
        .put("token", posted.dryRun() ? "" : claims.sign(secrets.key()))
        .put("expirationTimestamp", claims.expires().toString());
    ObjectNode metadata = request.withObject("/metadata");
    metadata.put("name", call.path().name()).put("namespace", call.path().namespace());
    metadata.put("creationTimestamp", now.toString());
    return Answer.warned(Answer.json(201, request), posted.warnings());
  }

  private static List<String> audiences(ObjectNode request) {
    List<String> found = new ArrayList<>();
    request.path("spec").path("audiences").forEach(each -> found.add(each.asString("")));
    return found.isEmpty() ? List.of(AccountClaims.ISSUER) : found;
  }

  private static long seconds(JsonNode given) {
    if (!given.isNumber()) return USUAL_SECONDS;
    long seconds = given.asLong();
    String why = "";
    if (seconds < LEAST_SECONDS) why = "may not specify a duration less than 10 minutes";
    if (seconds > MOST_SECONDS) why = "may not specify a duration larger than 2^32 seconds";
    if (why.isEmpty()) return seconds;
    throw refused("spec.expirationSeconds", "Invalid value: " + seconds + ": " + why);
  }

  private static Optional<Bound> bound(JsonNode reference) {
    if (!reference.isObject()) return Optional.empty();
    String kind = reference.path("kind").asString("");
    if (!List.of("Pod", "Secret", "Node").contains(kind)) {
      throw refused(
          BOUND + ".kind",
          "Invalid value: \"" + kind + "\": cannot bind token for serviceaccount to this kind");
    }
    String name = reference.path("name").asString("");
    if (name.isEmpty()) throw refused(BOUND + ".name", "Required value");
    return Optional.of(new Bound(kind, name, reference.path("uid").asString("")));
  }

  private static Bound checked(Bound wanted, Optional<StoredObject> found, StoredObject account) {
    String plural = wanted.kind().toLowerCase(java.util.Locale.ROOT) + "s";
    if (found.isEmpty()) {
      throw Refusal.notFound(plural + " \"" + wanted.name() + "\" not found");
    }
    if (wanted.kind().equals("Pod")) requireRunsAs(account.key().name(), found.get());
    String uid = found.get().uid();
    if (!wanted.uid().isEmpty() && !wanted.uid().equals(uid)) {
      throw Refusal.conflict(
          ("Operation cannot be fulfilled on %s \"%s\": the UID in the bound object reference (%s)"
                  + " does not match the UID in record. The object might have been deleted and then"
                  + " recreated")
              .formatted(plural, wanted.name(), wanted.uid()));
    }
    return new Bound(wanted.kind(), wanted.name(), uid);
  }

  /** Whoever is shown such a token may believe that the pod and the account belong together. */
  private static void requireRunsAs(String account, StoredObject pod) {
    String named = ApiObject.of(pod).spec().path("serviceAccountName").asString("");
    if (account.equals(named.isEmpty() ? "default" : named)) return;
    throw Refusal.badRequest(
        ("cannot bind token for serviceaccount \"%s\" to pod running with different serviceaccount"
                + " name.")
            .formatted(account));
  }

  private static RuntimeException refused(String field, String message) {
    return Refusal.invalid(
        "authentication.k8s.io",
        "TokenRequest",
        "",
        List.of(new Cause("FieldValueInvalid", message, field)));
  }
}
