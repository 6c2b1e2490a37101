package io.ordinal.controller.api.cluster;

import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.document.Json;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import tools.jackson.databind.node.ObjectNode;

/** Who the controllers are. */
final class ControllerHandler {
  private final ControllerList controllers;

  ControllerHandler(ClusterParts parts) {
    this.controllers = new ControllerList(parts.store());
  }

  CompletionStage<HttpResponse> handle(ClusterCall call) {
    if (!call.identity().isMaster()) call.requireMember();
    return switch (call.method()) {
      case "GET" -> list();
      default -> throw Refusal.methodNotAllowed();
    };
  }

  private CompletionStage<HttpResponse> list() {
    return controllers
        .now()
        .thenApply(
            known -> {
              ObjectNode answer = Json.object();
              answer.set("controllers", known);
              return Answer.json(200, answer);
            });
  }
}
