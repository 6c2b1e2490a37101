package io.ordinal.controller.api.cluster;

import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.Status.Details;
import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.model.Verdict;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lets machines in that have a token, and gives members a new certificate before the old ends. */
final class JoinHandler {
  private static final String BEARER = "Bearer ";

  /** Several machines may ask for one name or one address at once. */
  private static final int ATTEMPTS = 5;

  private final ClusterParts parts;
  private final Tokens tokens;
  private final Members members;
  private final ControllerList controllers;

  JoinHandler(ClusterParts parts) {
    this.parts = parts;
    this.tokens = new Tokens(parts.store(), parts.clock(), parts.chance());
    this.members = new Members(parts.store());
    this.controllers = new ControllerList(parts.store(), parts.group());
  }

  CompletionStage<HttpResponse> join(ClusterCall call) {
    call.require("POST");
    String[] bearer = bearer(call);
    return tokens
        .find(bearer[0])
        .thenApply(found -> granted(JoinRules.admit(found, bearer[1], parts.clock().instant())))
        .thenCompose(
            token ->
                ClusterBody.of(parts.bodies(), call)
                    .thenCompose(body -> join(token, JoinRequest.of(body))));
  }

  /** What is wrong with the request is found before anything is written. */
  private CompletionStage<HttpResponse> join(StoredToken token, JoinRequest request) {
    String key;
    try {
      key = parts.signer().keyOf(request.certificateRequest());
    } catch (IllegalArgumentException wrong) {
      throw Refusal.badRequest("request: " + wrong.getMessage());
    }
    return attempt(token, request, key, ATTEMPTS);
  }

  private CompletionStage<HttpResponse> attempt(
      StoredToken token, JoinRequest request, String key, int left) {
    return members
        .known(request)
        .thenCompose(
            known -> {
              MemberRecord record =
                  granted(JoinRules.decide(token, request, key, known, parts.clock().instant()));
              return answer(request.certificateRequest(), record)
                  .thenCompose(
                      answer ->
                          members
                              .admit(record, known)
                              .thenCompose(
                                  admitted -> {
                                    if (admitted) return CompletableFuture.completedStage(answer);
                                    if (left > 1) return attempt(token, request, key, left - 1);
                                    throw Refusal.tooMany("other machines join at this moment");
                                  }));
            });
  }

  CompletionStage<HttpResponse> renew(ClusterCall call) {
    call.require("POST");
    call.requireMember();
    return members
        .find(MemberNames.member(call.identity()))
        .thenCombine(
            ClusterBody.of(parts.bodies(), call),
            (found, body) -> {
              MemberRecord record =
                  found.orElseThrow(
                      () ->
                          Refusal.forbidden(
                              Details.NONE, "this member was removed from the cluster"));
              return answer(body.path("request").asString(""), record);
            })
        .thenCompose(answer -> answer);
  }

  private CompletionStage<HttpResponse> answer(String request, MemberRecord record) {
    return parts
        .signer()
        .sign(request, record.subject())
        .thenCombine(controllers.shown(false), this::joined)
        .handle(
            (joined, failure) -> {
              if (failure == null) return Answer.json(200, joined);
              Throwable cause = failure.getCause() == null ? failure : failure.getCause();
              if (cause instanceof IllegalArgumentException wrong) {
                throw Refusal.badRequest("request: " + wrong.getMessage());
              }
              throw new CompletionException(cause);
            });
  }

  private ObjectNode joined(String certificate, ArrayNode known) {
    ObjectNode answer = Json.object();
    answer.set("controllers", known);
    answer.put("group", parts.group().id().toString());
    answer.put("tls", parts.memberTls());
    answer.put("certificate", certificate);
    answer.put("authority", parts.signer().authority());
    return answer;
  }

  /** The id and the secret; may both be empty. */
  private static String[] bearer(ClusterCall call) {
    String header = call.request().getHeader("Authorization").map(HttpHeader::value).orElse("");
    if (!header.startsWith(BEARER)) throw Refusal.unauthorized();
    String[] words = header.substring(BEARER.length()).split("\\.", 2);
    if (words.length < 2) throw Refusal.unauthorized();
    return words;
  }

  private static <T> T granted(Verdict<T> verdict) {
    if (verdict instanceof Verdict.Done<T> done) return done.value();
    if (verdict instanceof Verdict.Rejected<T> rejected) throw refusal(rejected);
    throw Refusal.unavailable("ask again");
  }

  private static StatusException refusal(Verdict.Rejected<?> rejected) {
    return switch (rejected.reason()) {
      case UNAUTHORIZED -> Refusal.unauthorized();
      case FORBIDDEN -> Refusal.forbidden(Details.NONE, rejected.message());
      case CONFLICT -> Refusal.conflict(rejected.message());
      case BAD_REQUEST, NOT_FOUND, ALREADY_EXISTS, INVALID, TOO_LARGE ->
          Refusal.badRequest(rejected.message());
    };
  }
}
