package io.ordinal.controller.api.cluster;

import io.ordinal.controller.api.auth.Identity;
import io.ordinal.controller.api.http.Refusal;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Finds who answers a request below {@code /ordinal/v1}. */
public final class ClusterRoutes implements ClusterApi {
  private static final String VERSION = "v1";
  private final JoinHandler joins;
  private final TokenHandler tokens;
  private final ControllerHandler controllers;
  private final BackupHandler backups;
  private final RotationHandler rotations;

  public ClusterRoutes(ClusterParts parts) {
    this.joins = new JoinHandler(parts);
    this.tokens = new TokenHandler(parts);
    this.controllers = new ControllerHandler(parts);
    this.backups = new BackupHandler(parts);
    this.rotations = new RotationHandler(parts);
  }

  @Override
  public CompletionStage<HttpResponse> handle(
      HttpRequest request, Identity identity, List<String> path) {
    if (path.size() < 2 || !path.get(0).equals(VERSION)) throw Refusal.unknownResource();
    String name = path.size() > 2 ? path.get(2) : "";
    ClusterCall call = new ClusterCall(request, identity, request.method().name(), name);
    return switch (path.get(1)) {
      case "join" -> joins.join(call);
      case "certificates" -> joins.renew(call);
      case "tokens" -> tokens.handle(call);
      case "controllers" -> controllers.handle(call);
      case "backup" -> backups.send(call);
      case "rotations" -> rotations.rotate(call);
      case "status" -> controllers.status(call);
      case "digest" -> controllers.digest(call);
      default -> throw Refusal.unknownResource();
    };
  }
}
