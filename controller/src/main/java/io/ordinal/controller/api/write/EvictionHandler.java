package io.ordinal.controller.api.write;

import io.ordinal.controller.api.auth.Identity;
import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.Status;
import io.ordinal.controller.api.write.EvictionLook.Ruling;
import io.ordinal.controller.disruption.Budgets;
import io.ordinal.controller.disruption.DisruptionSettings;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import tools.jackson.databind.JsonNode;

/**
 * Answers POST on the eviction of a pod: deletes it if budgets and the order of its set let it go.
 * The grant is written into the budgets, and noted for an ordered set, on the condition that they
 * have not changed since they were read, so that evictions at the same moment, at any controllers,
 * can neither overdraw a budget nor take two replicas of one set.
 */
public final class EvictionHandler {
  private final WriteParts parts;
  private final DisruptionSettings settings;
  private final Function<Identity, Optional<String>> only;

  /**
   * @param only the only node from which this identity may evict; empty for any
   */
  public EvictionHandler(
      WriteParts parts, DisruptionSettings settings, Function<Identity, Optional<String>> only) {
    this.parts = parts;
    this.settings = settings;
    this.only = only;
  }

  public CompletionStage<HttpResponse> evict(Call call) {
    parts.store().requireMajority();
    return parts
        .bodies()
        .collect(call.http())
        .thenCompose(body -> attempt(call, options(call, Bodies.object(body).tree()), 1));
  }

  private static DeleteOptions options(Call call, JsonNode eviction) {
    String kind = eviction.path("kind").asString("Eviction");
    String version = eviction.path("apiVersion").asString("policy/v1");
    if (!kind.equals("Eviction") || !version.startsWith("policy/")) {
      throw Refusal.badRequest(
          "expected an Eviction of policy/v1, found " + kind + " of " + version);
    }
    String name = eviction.path("metadata").path("name").asString("");
    if (!name.isEmpty() && !name.equals(call.path().name())) {
      throw Refusal.badRequest("name in URL does not match name in Eviction object");
    }
    return DeleteOptions.parse(eviction.path("deleteOptions"), call.query());
  }

  private CompletionStage<HttpResponse> attempt(Call call, DeleteOptions options, int count) {
    return parts
        .store()
        .read(
            Freshness.LINEARIZABLE,
            view ->
                view.get(call.path().key())
                    .map(pod -> EvictionLook.of(view, ApiObject.of(pod), settings, now())))
        .thenCompose(
            found -> {
              EvictionLook look =
                  found.orElseThrow(() -> Refusal.notFound(call.kind(), call.path().name()));
              requireOwn(call, look.pod());
              DeleteHandler.requirePreconditions(call.kind(), look.pod(), options);
              Ruling ruling = look.ruling(now());
              ruling.refusal().ifPresent(why -> refuse(why));
              if (options.dryRun()) return done(granted(look));
              return charge(ruling.charges())
                  .thenCompose(
                      charged ->
                          charged ? delete(call, options, look) : again(call, options, count));
            });
  }

  private void requireOwn(Call call, ApiObject pod) {
    Optional<String> own = only.apply(call.identity());
    String node = pod.spec().path("nodeName").asString("");
    if (own.isEmpty() || own.get().equals(node)) return;
    throw Refusal.forbidden(
        call.kind(), pod.name(), "it is not on the node of " + call.identity().user(), List.of());
  }

  private Instant now() {
    return parts.clock().instant();
  }

  /** False when a budget, or whose turn it was, has changed since it was read. */
  private CompletionStage<Boolean> charge(List<Operation> charges) {
    if (charges.isEmpty()) return CompletableFuture.completedStage(true);
    return parts
        .store()
        .commit(new Transaction(charges))
        .thenApply(outcome -> outcome instanceof Outcome.Committed);
  }

  private CompletionStage<HttpResponse> again(Call call, DeleteOptions options, int count) {
    if (count < parts.settings().attempts()) return attempt(call, options, count + 1);
    throw Refusal.timeout("couldn't update PodDisruptionBudget due to conflicts");
  }

  private CompletionStage<HttpResponse> delete(
      Call call, DeleteOptions options, EvictionLook look) {
    // Of this very pod: the next life of the same name was not asked about.
    DeleteOptions mine =
        new DeleteOptions(
            options.graceSeconds(),
            Optional.of(look.pod().uid()),
            options.resourceVersion(),
            options.propagation(),
            false);
    return parts
        .replicas()
        .delete(call.kind(), call.path().key(), mine)
        .thenCompose(gone -> parts.departure().of(call.path().key(), look.pod().uid()))
        .thenCompose(left -> settle(look.pod(), 1))
        .thenApply(settled -> granted(look));
  }

  /** The pod's own state counts from now on; otherwise its next life would be taken for it. */
  private CompletionStage<Void> settle(ApiObject pod, int count) {
    return parts
        .store()
        .read(
            Freshness.LINEARIZABLE,
            view ->
                Budgets.covering(view, pod, settings.patience()).stream()
                    .flatMap(each -> each.settle(pod.name(), now()).stream())
                    .toList())
        .thenCompose(
            settled -> settled.isEmpty() ? CompletableFuture.completedStage(true) : charge(settled))
        .thenCompose(
            settled ->
                settled || count >= parts.settings().attempts()
                    ? CompletableFuture.<Void>completedStage(null)
                    : settle(pod, count + 1))
        .exceptionally(failure -> null); // The eviction is done; the grant lapses by itself.
  }

  private static void refuse(EvictionLook.Refusal why) {
    throw Refusal.disrupting(why.message(), why.cause());
  }

  private static HttpResponse granted(EvictionLook look) {
    byte[] body = Json.bytes(Status.success(Status.Details.NONE));
    return Answer.warned(Answer.json(201, body), look.warnings());
  }

  private static CompletionStage<HttpResponse> done(HttpResponse response) {
    return CompletableFuture.completedStage(response);
  }
}
