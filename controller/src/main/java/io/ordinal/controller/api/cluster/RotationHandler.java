package io.ordinal.controller.api.cluster;

import io.ordinal.controller.api.auth.ClusterSecrets;
import io.ordinal.controller.api.auth.Rotation;
import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.document.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes the key that signs tokens and the administrator's token, for administrators. Answers with
 * no secret: the token is in a file of every controller.
 */
final class RotationHandler {
  private final ClusterParts parts;

  RotationHandler(ClusterParts parts) {
    this.parts = parts;
  }

  CompletionStage<HttpResponse> rotate(ClusterCall call) {
    call.require("POST");
    call.requireAdministrator();
    return ClusterBody.of(parts.bodies(), call).thenCompose(this::rotate);
  }

  private CompletionStage<HttpResponse> rotate(ObjectNode body) {
    Instant now = parts.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    Rotation wanted = wanted(body, now);
    return ClusterSecrets.rotate(parts.store(), wanted, now, parts.chance())
        .thenApply(
            done -> {
              ClusterSecrets made =
                  done.orElseThrow(() -> Refusal.unavailable("the cluster is still being founded"));
              ObjectNode answer = Json.object();
              answer.put("adminToken", wanted.adminToken());
              answer.put("signingKey", made.keyId());
              wanted.signingKey().ifPresent(until -> answer.put("oldUntil", until.toString()));
              return Answer.json(200, answer);
            });
  }

  private Rotation wanted(ObjectNode body, Instant now) {
    Duration kept = kept(body.path("oldFor").asString(""));
    try {
      return new Rotation(
          body.path("signingKey").asBoolean(false) ? Optional.of(now.plus(kept)) : Optional.empty(),
          body.path("adminToken").asBoolean(false));
    } catch (IllegalArgumentException wrong) {
      throw Refusal.badRequest(wrong.getMessage());
    }
  }

  /** Unless it is asked for otherwise, until the last of the old tokens has expired. */
  private Duration kept(String asked) {
    if (asked.isEmpty()) return parts.longestToken();
    Duration kept = duration(asked);
    if (!kept.isNegative() && kept.compareTo(parts.longestToken()) <= 0) return kept;
    throw Refusal.badRequest(
        "oldFor: expected from zero to " + parts.longestToken() + ", found " + asked);
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException wrong) {
      throw Refusal.badRequest("oldFor: expected an ISO 8601 duration, found '" + text + "'");
    }
  }
}
