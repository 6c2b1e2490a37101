package io.ordinal.controller.api.write;

import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.api.table.Form;
import io.ordinal.controller.api.write.WriteOptions.Strictness;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers PUT and PATCH on objects and on their subresources status and scale: reads the object,
 * makes the new one of it, writes it on the condition that it has not changed, and begins again
 * when it has.
 */
public final class UpdateHandler {
  /** How a client wants the object to be, given how it is. */
  private interface Change {
    /**
     * @param warnings for the client; may be added to
     */
    ApiObject apply(ApiObject old, List<String> warnings);
  }

  /** What was found and what became of it. */
  private record Result(byte[] document, List<String> warnings) {}

  private final WriteParts parts;

  public UpdateHandler(WriteParts parts) {
    this.parts = parts;
  }

  public CompletionStage<HttpResponse> put(Call call) {
    call.form();
    WriteOptions options = WriteOptions.parse(call.query(), "UpdateOptions");
    return parts
        .bodies()
        .collect(call.http())
        .thenCompose(body -> carryOut(call, replacement(call, body, options), options));
  }

  public CompletionStage<HttpResponse> patch(Call call) {
    call.form();
    WriteOptions options = WriteOptions.parse(call.query(), "PatchOptions");
    return parts
        .bodies()
        .collect(call.http())
        .thenCompose(body -> carryOut(call, patching(call, Patch.read(body), options), options));
  }

  /** Answers GET on scale. */
  public CompletionStage<HttpResponse> scale(Call call) {
    return parts
        .store()
        .read(Freshness.LINEARIZABLE, view -> view.get(call.path().key()))
        .thenApply(
            found -> {
              StoredObject stored =
                  found.orElseThrow(() -> Refusal.notFound(call.kind(), call.path().name()));
              return Answer.json(200, Scale.of(ApiObject.of(stored)));
            });
  }

  private Change replacement(Call call, Bodies.Body body, WriteOptions options) {
    ResourceKind kind = call.kind();
    if (call.path().subresource().equals("scale")) {
      ObjectNode scale = scaleTree(body);
      return (old, warnings) -> {
        ObjectNode wanted = Scale.applied(scale, old);
        return ChangedObject.main(kind, wanted, old);
      };
    }
    Intake.Accepted accepted = Intake.accept(kind, Bodies.object(body), options.strictness());
    boolean status = call.path().subresource().equals("status");
    return (old, warnings) -> {
      warnings.addAll(accepted.warnings());
      ObjectNode wanted = accepted.tree().deepCopy();
      return status
          ? ChangedObject.status(kind, wanted, old)
          : ChangedObject.main(kind, wanted, old);
    };
  }

  private Change patching(Call call, Patch patch, WriteOptions options) {
    ResourceKind kind = call.kind();
    return switch (call.path().subresource()) {
      case "scale" ->
          (old, warnings) -> {
            ObjectNode scale = patch.applyTo(Scale.of(old), kind);
            return ChangedObject.main(kind, Scale.applied(scale, old), old);
          };
      case "status" ->
          (old, warnings) -> {
            ObjectNode wanted = patched(kind, patch, old, options.strictness(), warnings);
            return ChangedObject.status(kind, wanted, old);
          };
      default ->
          (old, warnings) -> {
            ObjectNode wanted = patched(kind, patch, old, options.strictness(), warnings);
            return ChangedObject.main(kind, wanted, old);
          };
    };
  }

  private ObjectNode patched(
      ResourceKind kind, Patch patch, ApiObject old, Strictness strictness, List<String> warnings) {
    ObjectNode wanted = patch.applyTo(old.tree(), kind);
    List<String> known = Intake.unknown(kind, old.tree());
    warnings.addAll(Intake.check(kind, wanted, patch.duplicates(), known, strictness));
    wanted.put("kind", kind.kind());
    wanted.put("apiVersion", kind.apiVersion());
    return wanted;
  }

  private static ObjectNode scaleTree(Bodies.Body body) {
    if (Bodies.object(body).tree() instanceof ObjectNode scale) return scale;
    throw Refusal.badRequest("the object provided is unrecognized (must be of type Scale)");
  }

  private CompletionStage<HttpResponse> carryOut(Call call, Change change, WriteOptions options) {
    return attempt(call, change, options, 1).thenApply(result -> answer(call, result));
  }

  private CompletionStage<Result> attempt(
      Call call, Change change, WriteOptions options, int count) {
    return parts
        .store()
        .read(Freshness.LINEARIZABLE, view -> view.get(call.path().key()))
        .thenCompose(
            found -> {
              StoredObject stored =
                  found.orElseThrow(() -> Refusal.notFound(call.kind(), call.path().name()));
              ApiObject old = ApiObject.of(stored);
              List<String> warnings = new ArrayList<>();
              ApiObject next = change.apply(old, warnings);
              warnings.addAll(call.kind().warnings(next));
              if (ChangedObject.isSame(next, old)) {
                return done(new Result(stored.document(), warnings));
              }
              if (options.dryRun()) return done(new Result(Json.bytes(next.tree()), warnings));
              return write(call.kind(), stored, next)
                  .thenCompose(
                      written -> written.match(next(call, change, options, warnings, count)));
            });
  }

  private CompletionStage<Written> write(ResourceKind kind, StoredObject old, ApiObject next) {
    Sink sink = parts.sink(kind);
    return ChangedObject.isReleased(next)
        ? sink.remove(kind, old, next)
        : sink.update(kind, old, next);
  }

  private Written.Cases<CompletionStage<Result>> next(
      Call call, Change change, WriteOptions options, List<String> warnings, int count) {
    return new Written.Cases<>() {
      @Override
      public CompletionStage<Result> done(Written.Done done) {
        return UpdateHandler.done(new Result(done.document(), warnings));
      }

      @Override
      public CompletionStage<Result> raced(Written.Raced raced) {
        // A client that named a revision is refused by the next look, all others go on.
        if (count >= parts.settings().attempts()) {
          throw Refusal.modified(call.kind(), call.path().name());
        }
        return attempt(call, change, options, count + 1);
      }

      @Override
      public CompletionStage<Result> taken(Written.Taken taken) {
        return raced(new Written.Raced());
      }
    };
  }

  private HttpResponse answer(Call call, Result result) {
    if (call.path().subresource().equals("scale")) {
      return Answer.json(200, Scale.of(new ApiObject(Json.object(result.document()))));
    }
    byte[] body = Form.print(call, result.document(), parts.clock().instant());
    return Answer.warned(Answer.json(200, body), result.warnings());
  }

  private static CompletionStage<Result> done(Result result) {
    return CompletableFuture.completedStage(result);
  }
}
