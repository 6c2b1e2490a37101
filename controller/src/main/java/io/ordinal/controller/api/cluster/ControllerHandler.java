package io.ordinal.controller.api.cluster;

import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.Status.Details;
import io.ordinal.controller.cluster.Controllers;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.StoreGroup;
import io.ordinal.controller.store.View;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import tools.jackson.databind.node.ObjectNode;

/** Who the controllers are; takes in new ones, and tells how this one is. */
final class ControllerHandler {
  private final ClusterParts parts;
  private final ControllerList controllers;
  private final Members members;
  private final ControllerRemoval removal;

  ControllerHandler(ClusterParts parts) {
    this.parts = parts;
    this.controllers = new ControllerList(parts.store(), parts.group());
    this.members = new Members(parts.store());
    this.removal = new ControllerRemoval(parts, controllers);
  }

  CompletionStage<HttpResponse> handle(ClusterCall call) {
    return switch (call.method()) {
      case "GET" -> list(call);
      case "POST" -> add(call);
      case "DELETE" -> remove(call);
      default -> throw Refusal.methodNotAllowed();
    };
  }

  private CompletionStage<HttpResponse> list(ClusterCall call) {
    if (!call.identity().isMaster()) call.requireMember();
    return controllers
        .shown(call.identity().isMaster())
        .thenApply(
            known -> {
              ObjectNode answer = Json.object();
              answer.put("group", parts.group().id().toString());
              answer.set("controllers", known);
              return Answer.json(200, answer);
            });
  }

  /**
   * A joined controller's copy of the store becomes a member of the group. Answered when it votes;
   * asking again changes nothing. One that lost its copy says so before it has another.
   */
  private CompletionStage<HttpResponse> add(ClusterCall call) {
    call.requireController();
    return members
        .find(MemberNames.member(call.identity()))
        .thenCombine(
            ClusterBody.of(parts.bodies(), call),
            (found, body) -> {
              MemberRecord record =
                  found
                      .filter(each -> each.role() == JoinRole.CONTROLLER)
                      .orElseThrow(ControllerRemoval::removed);
              requireThisGroup(body);
              if (body.path("lost").asBoolean(false)) return removal.lost(record);
              return added(record, copy(body));
            })
        .thenCompose(done -> done)
        .thenApply(
            done -> Answer.json(200, Json.object().put("group", parts.group().id().toString())));
  }

  private CompletionStage<Void> added(MemberRecord record, StoreGroup.Member copy) {
    requireNotReplaced(record, copy.id());
    return members
        .noteCopy(record.name(), copy.id())
        .thenCompose(
            noted -> {
              if (!noted) throw Refusal.unavailable("its record changed; ask again");
              return parts.group().add(copy);
            })
        .thenCompose(added -> removal.unlessMeanwhile(record.name(), copy.id()));
  }

  /** A copy from before a restore would never catch up, and hold up every other change. */
  private void requireThisGroup(ObjectNode body) {
    String group = body.path("group").asString("");
    if (group.isEmpty() || group.equals(parts.group().id().toString())) return;
    throw Refusal.forbidden(
        Details.NONE,
        "its copy is of another store (%s) than the cluster's (%s), as after a restore"
            .formatted(group, parts.group().id()));
  }

  /** Its disk was lost, and came back when it had another copy already: one of them is enough. */
  private void requireNotReplaced(MemberRecord record, UUID asking) {
    record
        .copy()
        .filter(present -> !present.equals(asking) && votes(present))
        .ifPresent(
            present -> {
              throw Refusal.forbidden(
                  Details.NONE,
                  "its copy of the store (%s) was lost, and it has another one since (%s)"
                      .formatted(asking, present));
            });
  }

  private boolean votes(UUID copy) {
    return parts.group().members().stream().anyMatch(each -> each.id().equals(copy));
  }

  private static StoreGroup.Member copy(ObjectNode body) {
    try {
      return new StoreGroup.Member(
          UUID.fromString(body.path("id").asString("")), body.required("store").asString());
    } catch (IllegalArgumentException wrong) {
      throw Refusal.badRequest("expected id and store: " + wrong.getMessage());
    }
  }

  private CompletionStage<HttpResponse> remove(ClusterCall call) {
    call.requireAdministrator();
    return removal
        .remove(call.name())
        .thenApply(row -> Answer.json(200, Json.object().put("removed", call.name())));
  }

  /** How this controller's own copy is. */
  CompletionStage<HttpResponse> status(ClusterCall call) {
    call.require("GET");
    if (!call.identity().isMaster()) call.requireMember();
    StoreGroup group = parts.group();
    return parts
        .store()
        .read(Freshness.LOCAL, view -> own(view, group))
        .thenApply(
            own -> {
              ObjectNode answer = Json.object();
              answer.put("id", group.self().toString());
              answer.put("group", group.id().toString());
              group.leader().ifPresent(each -> answer.put("leader", each.toString()));
              answer.put("ageSeconds", group.age().toMillis() / 1e3);
              answer.put("revision", own.revision());
              own.noted().ifPresent(noted -> answer.put("noted", noted));
              return Answer.json(200, answer);
            });
  }

  /**
   * @param noted whether the cluster's records have this controller; empty before it told its name
   */
  private record Own(long revision, Optional<Boolean> noted) {}

  private static Own own(View view, StoreGroup group) {
    Optional<Boolean> noted =
        Controllers.in(view).stream()
            .filter(row -> row.id().equals(group.self()))
            .findFirst()
            .map(row -> Members.in(view, row.name()).isPresent());
    return new Own(view.revision().value(), noted);
  }

  /** What this controller's own copy holds, to be compared with others' at the same index. */
  CompletionStage<HttpResponse> digest(ClusterCall call) {
    call.require("GET");
    if (!call.identity().isMaster()) call.requireController(); // It reads everything.
    return parts
        .group()
        .digest()
        .thenApply(
            digest ->
                Answer.json(
                    200,
                    Json.object()
                        .put("index", digest.index())
                        .put("revision", digest.revision())
                        .put("sha256", digest.sha256())));
  }
}
