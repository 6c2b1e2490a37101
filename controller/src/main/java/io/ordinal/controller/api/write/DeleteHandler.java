package io.ordinal.controller.api.write;

import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.Status;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.api.table.Form;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.StoredObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import tools.jackson.databind.JsonNode;

/** Answers DELETE on objects. What they own is the garbage collector's. */
public final class DeleteHandler {
  private final WriteParts parts;

  public DeleteHandler(WriteParts parts) {
    this.parts = parts;
  }

  public CompletionStage<HttpResponse> delete(Call call) {
    call.form();
    return options(call).thenCompose(options -> delete(call, options));
  }

  CompletionStage<DeleteOptions> options(Call call) {
    return parts
        .bodies()
        .collect(call.http())
        .thenApply(body -> DeleteOptions.parse(tree(body), call.query()));
  }

  CompletionStage<HttpResponse> delete(Call call, DeleteOptions options) {
    Rules.requireDeletable(call.kind(), call.path().name());
    if (call.kind().resource().equals(Rules.PODS)) return pod(call, options, 1);
    return call.kind().resource().equals(Rules.NODES)
        ? node(call)
            .thenCompose(
                losses -> attempt(call, options, 1).thenApply(done -> Answer.warned(done, losses)))
        : attempt(call, options, 1);
  }

  /** The object of this uid, if it is there yet. */
  CompletionStage<Optional<byte[]>> present(Call call, String uid) {
    return parts
        .store()
        .read(
            Freshness.LINEARIZABLE,
            view ->
                view.get(call.path().key())
                    .filter(it -> it.uid().equals(uid))
                    .map(StoredObject::document));
  }

  private static JsonNode tree(Bodies.Body body) {
    if (body.bytes().length == 0) return Json.object();
    JsonNode tree = Bodies.object(body).tree();
    if (!tree.isObject()) throw Refusal.badRequest("expected DeleteOptions, found no object");
    String kind = tree.path("kind").asString("DeleteOptions");
    if (kind.equals("DeleteOptions")) return tree;
    throw Refusal.badRequest("expected DeleteOptions, found " + kind);
  }

  private CompletionStage<HttpResponse> pod(Call call, DeleteOptions options, int count) {
    parts.store().requireMajority();
    return parts
        .replicas()
        .delete(call.kind(), call.path().key(), options)
        .thenCompose(
            written -> {
              if (written instanceof Written.Done gone) {
                byte[] body = Form.print(call, gone.document(), parts.clock().instant());
                HttpResponse answer = Answer.json(200, body);
                if (options.dryRun()) return done(answer);
                String uid = new ApiObject(Json.object(gone.document())).uid();
                return parts.departure().of(call.path().key(), uid).thenApply(left -> answer);
              }
              requireAnotherAttempt(call, count);
              return pod(call, options, count + 1);
            });
  }

  private CompletionStage<HttpResponse> attempt(Call call, DeleteOptions options, int count) {
    return parts
        .store()
        .read(Freshness.LINEARIZABLE, view -> view.get(call.path().key()))
        .thenCompose(
            found -> {
              StoredObject stored =
                  found.orElseThrow(() -> Refusal.notFound(call.kind(), call.path().name()));
              ApiObject old = ApiObject.of(stored);
              requirePreconditions(call.kind(), old, options);
              ApiObject next = Deletion.begin(call.kind(), old, options, parts.clock().instant());
              if (options.dryRun()) return done(answer(call, old, next, Json.bytes(next.tree())));
              if (ChangedObject.isSame(next, old)) {
                return done(answer(call, old, next, stored.document()));
              }
              return write(call, stored, next)
                  .thenCompose(written -> written.match(next(call, options, old, next, count)));
            });
  }

  private CompletionStage<Written> write(Call call, StoredObject old, ApiObject next) {
    Sink sink = parts.sink(call.kind());
    if (!ChangedObject.isReleased(next)) return sink.update(call.kind(), old, next);
    if (!call.kind().resource().equals(Rules.NODES)) return sink.remove(call.kind(), old, next);
    return parts
        .store()
        .read(Freshness.LINEARIZABLE, view -> NodeDeletion.forgetting(view, next.name()))
        .thenCompose(parts.store()::commit)
        .thenCompose(
            forgotten ->
                forgotten instanceof Outcome.Refused
                    ? CompletableFuture.completedStage(new Written.Raced())
                    : sink.remove(call.kind(), old, next));
  }

  /** What to warn of. */
  private CompletionStage<List<String>> node(Call call) {
    String name = call.path().name();
    return parts
        .store()
        .read(
            Freshness.LINEARIZABLE,
            view -> {
              Optional<String> obstacle = NodeDeletion.obstacle(view, name);
              if (obstacle.isPresent()) {
                throw Refusal.conflict(call.kind(), "nodes", name, obstacle.get());
              }
              return NodeDeletion.losses(view, name);
            });
  }

  private Written.Cases<CompletionStage<HttpResponse>> next(
      Call call, DeleteOptions options, ApiObject old, ApiObject next, int count) {
    return new Written.Cases<>() {
      @Override
      public CompletionStage<HttpResponse> done(Written.Done done) {
        return DeleteHandler.done(answer(call, old, next, done.document()));
      }

      @Override
      public CompletionStage<HttpResponse> raced(Written.Raced raced) {
        requireAnotherAttempt(call, count);
        return attempt(call, options, count + 1);
      }

      @Override
      public CompletionStage<HttpResponse> taken(Written.Taken taken) {
        return raced(new Written.Raced());
      }
    };
  }

  private void requireAnotherAttempt(Call call, int count) {
    if (count >= parts.settings().attempts()) {
      throw Refusal.modified(call.kind(), call.path().name());
    }
  }

  /** The object while something holds it, otherwise that it is gone. */
  private HttpResponse answer(Call call, ApiObject old, ApiObject next, byte[] document) {
    if (!ChangedObject.isReleased(next)) {
      return Answer.json(200, Form.print(call, document, parts.clock().instant()));
    }
    ResourceKind kind = call.kind();
    return Answer.json(
        200,
        Status.success(
            new Status.Details(old.name(), kind.group(), kind.plural(), old.uid(), List.of(), 0)));
  }

  static void requirePreconditions(ResourceKind kind, ApiObject old, DeleteOptions options) {
    options
        .uid()
        .filter(uid -> !uid.equals(old.uid()))
        .ifPresent(
            uid -> {
              throw Refusal.conflict(
                  kind,
                  kind.kind(),
                  old.name(),
                  "the UID in the precondition ("
                      + uid
                      + ") does not match the UID in record ("
                      + old.uid()
                      + "). The object might have been deleted and then recreated");
            });
    options
        .resourceVersion()
        .filter(version -> !version.equals(old.resourceVersion()))
        .ifPresent(
            version -> {
              throw Refusal.conflict(
                  kind,
                  kind.kind(),
                  old.name(),
                  "the ResourceVersion in the precondition ("
                      + version
                      + ") does not match the ResourceVersion in record ("
                      + old.resourceVersion()
                      + "). The object might have been modified");
            });
  }

  private static CompletionStage<HttpResponse> done(HttpResponse response) {
    return CompletableFuture.completedStage(response);
  }
}
