package io.ordinal.controller.api.access;

import io.ordinal.controller.api.auth.AccountClaims;
import io.ordinal.controller.api.auth.BearerTokens;
import io.ordinal.controller.api.auth.Identity;
import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.write.Bodies;
import io.ordinal.controller.api.write.Posted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers questions about access: who am I, may I, may they, what may I, whose token is this. */
public final class ReviewHandler {
  private final Bodies bodies;
  private final Authorizer authorizer;
  private final BearerTokens tokens;

  ReviewHandler(Bodies bodies, Authorizer authorizer, BearerTokens tokens) {
    this.bodies = bodies;
    this.authorizer = authorizer;
    this.tokens = tokens;
  }

  public CompletionStage<HttpResponse> review(Call call) {
    return Posted.of(bodies, call, call.kind())
        .thenCompose(
            posted ->
                answered(call, posted.tree())
                    .thenApply(done -> Answer.json(201, posted.tree()))
                    .thenApply(response -> Answer.warned(response, posted.warnings())));
  }

  private CompletionStage<Void> answered(Call call, ObjectNode review) {
    if (!(review.get("metadata") instanceof ObjectNode)) review.putObject("metadata");
    String kind = call.kind().kind();
    return switch (kind) {
      case "SelfSubjectAccessReview" -> access(kind, review, call.identity());
      case "SubjectAccessReview" ->
          access(kind, review, Questions.subject(kind, review.path("spec")));
      case "LocalSubjectAccessReview" -> local(call, review);
      case "SelfSubjectRulesReview" -> rules(review, call.identity());
      case "SelfSubjectReview" -> self(review, call.identity());
      case "TokenReview" -> token(review);
      default -> throw Refusal.unknownResource();
    };
  }

  private CompletionStage<Void> local(Call call, ObjectNode review) {
    String kind = call.kind().kind();
    String namespace = call.path().namespace();
    String asked = review.path("spec").path("resourceAttributes").path("namespace").asString("");
    if (!asked.equals(namespace)) {
      throw Refusal.badRequest(
          "spec.resourceAttributes.namespace must match namespace: " + namespace);
    }
    return access(kind, review, Questions.subject(kind, review.path("spec")));
  }

  private CompletionStage<Void> access(String kind, ObjectNode review, Identity who) {
    return authorizer
        .rule(who, Questions.action(kind, review.path("spec")))
        .thenAccept(
            ruling -> {
              ObjectNode status = review.putObject("status").put("allowed", ruling.allowed());
              if (!ruling.reason().isEmpty()) status.put("reason", ruling.reason());
            });
  }

  private CompletionStage<Void> rules(ObjectNode review, Identity who) {
    String namespace = review.path("spec").path("namespace").asString("");
    if (namespace.isEmpty()) throw Refusal.badRequest("no namespace on request");
    return authorizer
        .caughtUp()
        .handle(
            (done, failure) -> {
              write(review.putObject("status"), authorizer.rules(who, namespace));
              return null;
            });
  }

  private static void write(ObjectNode status, List<PolicyRule> rules) {
    ArrayNode resources = status.putArray("resourceRules");
    ArrayNode paths = status.putArray("nonResourceRules");
    for (PolicyRule each : rules) (each.paths().isEmpty() ? resources : paths).add(each.tree());
    status.put("incomplete", false);
  }

  private static CompletionStage<Void> self(ObjectNode review, Identity who) {
    Questions.write(review.putObject("status").putObject("userInfo"), who);
    return CompletableFuture.completedStage(null);
  }

  private CompletionStage<Void> token(ObjectNode review) {
    List<String> audiences = new ArrayList<>();
    review.path("spec").path("audiences").forEach(each -> audiences.add(each.asString("")));
    if (audiences.isEmpty()) audiences.add(AccountClaims.ISSUER);
    String token = review.path("spec").path("token").asString("");
    if (token.isEmpty())
      throw Refusal.badRequest("token is required for TokenReview in authentication");
    return tokens
        .identify(token, audiences)
        .thenAccept(found -> write(review.putObject("status"), found));
  }

  /** Only audiences that the token is for: askers look at these, not at what they asked for. */
  private static void write(ObjectNode status, Optional<BearerTokens.Bearer> found) {
    status.put("authenticated", found.isPresent());
    if (found.isEmpty()) {
      status.put("error", "the token is not valid, or not for these audiences");
      return;
    }
    Questions.write(status.putObject("user"), found.get().identity());
    found.get().audiences().forEach(status.putArray("audiences")::add);
  }
}
