package io.ordinal.controller.api.cluster;

import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.Status;
import io.ordinal.controller.document.Json;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes, lists and removes join tokens, for administrators. */
final class TokenHandler {
  private final ClusterParts parts;
  private final Tokens tokens;

  TokenHandler(ClusterParts parts) {
    this.parts = parts;
    this.tokens = new Tokens(parts.store(), parts.clock(), parts.chance());
  }

  CompletionStage<HttpResponse> handle(ClusterCall call) {
    call.requireAdministrator();
    return switch (call.method()) {
      case "GET" -> list();
      case "POST" -> create(call);
      case "DELETE" -> delete(call);
      default -> throw Refusal.methodNotAllowed();
    };
  }

  private CompletionStage<HttpResponse> list() {
    return tokens
        .list()
        .thenApply(
            found -> {
              ObjectNode answer = Json.object();
              ArrayNode list = answer.putArray("tokens");
              found.stream()
                  .filter(each -> !each.expiredAt(parts.clock().instant()))
                  .forEach(each -> list.add(each.shown()));
              return Answer.json(200, answer);
            });
  }

  private CompletionStage<HttpResponse> create(ClusterCall call) {
    return ClusterBody.of(parts.bodies(), call)
        .thenCompose(
            body ->
                tokens.create(
                    role(body.path("role").asString("")),
                    life(body.path("ttl").asString("")),
                    body.path("note").asString(""),
                    ClusterBody.certificate(parts.signer().authority())))
        .thenApply(
            made -> {
              ObjectNode answer = made.stored().shown();
              answer.put("token", made.text().toString());
              return Answer.json(201, answer);
            });
  }

  private CompletionStage<HttpResponse> delete(ClusterCall call) {
    return tokens
        .delete(call.name())
        .thenApply(
            found -> {
              if (!found) throw Refusal.unknownResource();
              return Answer.json(200, Status.success(Status.Details.NONE));
            });
  }

  private static JoinRole role(String word) {
    try {
      return JoinRole.of(word);
    } catch (IllegalArgumentException wrong) {
      throw Refusal.badRequest("role: " + wrong.getMessage());
    }
  }

  private static Duration life(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException wrong) {
      throw Refusal.badRequest("ttl: expected an ISO 8601 duration, found '" + text + "'");
    }
  }
}
