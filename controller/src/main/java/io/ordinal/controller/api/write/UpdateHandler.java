package io.ordinal.controller.api.write;

import io.ordinal.controller.api.apply.Writer;
import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.api.table.Form;
import io.ordinal.controller.api.write.Change.Making;
import io.ordinal.controller.api.write.WriteOptions.Strictness;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.model.Verdict.Cause;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers PUT and PATCH on objects and on their subresources status and scale: reads the object,
 * makes the new one of it, writes it on the condition that it has not changed, and begins again
 * when it has.
 */
public final class UpdateHandler {
  /** The whole object is as the client sent it. */
  private record Replacement(ResourceKind kind, Intake.Accepted accepted, Claim claim)
      implements Change {
    @Override
    public ApiObject apply(ApiObject old, List<String> warnings) {
      warnings.addAll(accepted.warnings());
      ObjectNode wanted = accepted.tree().deepCopy();
      requireRevision(kind, wanted, old);
      OwnedAnnotations.replaced(kind, wanted, old, warnings);
      return ChangedObject.main(kind, wanted, old, claim);
    }

    @Override
    public Optional<Making> made() {
      return kind.createsOnUpdate() ? Optional.of(new Making(accepted, claim)) : Optional.empty();
    }
  }

  /** What stands there, and what is to stand there. */
  private record Edit(StoredObject stored, ApiObject old, ApiObject next, List<String> warnings) {
    boolean changesNothing() {
      return ChangedObject.isSame(next, old);
    }
  }

  /** What was found and what became of it. */
  private record Result(int code, byte[] document, List<String> warnings) {}

  private final WriteParts parts;
  private final CreateHandler creator;
  private final Consumer<Call> mayCreate;

  /**
   * @param creator makes what a PUT finds missing, in kinds where it may
   * @param mayCreate throws when the sender of a PUT may not create what it names
   */
  public UpdateHandler(WriteParts parts, CreateHandler creator, Consumer<Call> mayCreate) {
    this.parts = parts;
    this.creator = creator;
    this.mayCreate = mayCreate;
  }

  /**
   * The object that a call may change, which is done by one after another: each that is written
   * would make the others begin anew. Empty where nothing is written, or nothing can be.
   */
  public Optional<ObjectKey> turn(Call call) {
    boolean written = call.query().get("dryRun").isEmpty() && parts.store().age().isZero();
    return written ? Optional.of(call.path().key()) : Optional.empty();
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
        .thenCompose(body -> carryOut(call, patching(call, body, options), options));
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
    Claim claim = Claim.of(kind, writer(call, options));
    if (call.path().subresource().equals("scale")) {
      ObjectNode scale = scaleTree(body);
      return (old, warnings) -> {
        ObjectNode wanted = Scale.applied(scale, old);
        return ChangedObject.main(kind, wanted, old, claim);
      };
    }
    Intake.Accepted accepted = Intake.accept(kind, Bodies.object(body), options.strictness());
    if (call.path().subresource().equals("finalize")) {
      return (old, warnings) -> ChangedObject.finalize(kind, accepted.tree().deepCopy(), old);
    }
    if (!call.path().subresource().equals("status")) return new Replacement(kind, accepted, claim);
    return (old, warnings) -> {
      warnings.addAll(accepted.warnings());
      ObjectNode wanted = accepted.tree().deepCopy();
      requireRevision(kind, wanted, old);
      OwnedAnnotations.replaced(kind, wanted, old, warnings);
      return ChangedObject.status(kind, wanted, old, claim);
    };
  }

  private Writer writer(Call call, WriteOptions options) {
    return options.writer(call, parts.clock().instant());
  }

  private static void requireRevision(ResourceKind kind, ObjectNode wanted, ApiObject old) {
    if (!kind.updatesNeedRevision()) return;
    if (!wanted.path("metadata").path("resourceVersion").asString("").isEmpty()) return;
    Cause cause =
        new Cause(
            "FieldValueInvalid",
            "Invalid value: 0x0: must be specified for an update",
            "metadata.resourceVersion");
    throw Refusal.invalid(kind.group(), kind.plural(), old.name(), List.of(cause));
  }

  private Change patching(Call call, Bodies.Body body, WriteOptions options) {
    ResourceKind kind = call.kind();
    Writer writer = writer(call, options);
    if (body.mediaType().equals(ApplyChange.MEDIA_TYPE)) {
      return ApplyChange.read(kind, body, options.applying(), writer);
    }
    options.patching();
    Patch patch = Patch.read(body);
    Claim claim = Claim.of(kind, writer);
    return switch (call.path().subresource()) {
      case "scale" ->
          (old, warnings) -> {
            ObjectNode scale = patch.applyTo(Scale.of(old), kind);
            return ChangedObject.main(kind, Scale.applied(scale, old), old, claim);
          };
      case "status" ->
          (old, warnings) -> {
            ObjectNode wanted = patched(kind, patch, old, options.strictness(), warnings);
            return ChangedObject.status(kind, wanted, old, claim);
          };
      default ->
          (old, warnings) -> {
            ObjectNode wanted = patched(kind, patch, old, options.strictness(), warnings);
            return ChangedObject.main(kind, wanted, old, claim);
          };
    };
  }

  private ObjectNode patched(
      ResourceKind kind, Patch patch, ApiObject old, Strictness strictness, List<String> warnings) {
    ObjectNode wanted = patch.applyTo(old.tree(), kind);
    List<String> known = Intake.unknown(kind, old.tree());
    warnings.addAll(
        Intake.check(kind, wanted, patch.duplicates(), known, strictness, patch::misfit));
    OwnedAnnotations.patched(kind, wanted, old, warnings);
    wanted.put("kind", kind.kind());
    wanted.put("apiVersion", kind.apiVersion());
    return wanted;
  }

  private static ObjectNode scaleTree(Bodies.Body body) {
    if (Bodies.object(body).tree() instanceof ObjectNode scale) return scale;
    throw Refusal.badRequest("the object provided is unrecognized (must be of type Scale)");
  }

  private CompletionStage<HttpResponse> carryOut(Call call, Change change, WriteOptions options) {
    CompletionStage<Result> result =
        options.dryRun() || !parts.store().age().isZero()
            ? attempt(call, change, options, 1)
            : hopeful(call, change, options);
    return result.thenApply(found -> answer(call, found));
  }

  /**
   * Trusts this controller's own view as long as that leads to a write, which itself finds out
   * whether the view was old. All other answers are worth something only when nothing that was
   * acknowledged is missing.
   */
  private CompletionStage<Result> hopeful(Call call, Change change, WriteOptions options) {
    return parts
        .store()
        .read(Freshness.LOCAL, view -> view.get(call.path().key()))
        .thenCompose(
            found -> {
              Optional<Edit> edit = found.flatMap(stored -> hopefulEdit(call, change, stored));
              return edit.isPresent()
                  ? write(call, edit.get(), change, options, 0)
                  : attempt(call, change, options, 1);
            });
  }

  private Optional<Edit> hopefulEdit(Call call, Change change, StoredObject stored) {
    try {
      return Optional.of(edit(call, change, stored)).filter(edit -> !edit.changesNothing());
    } catch (StatusException refused) {
      return Optional.empty();
    }
  }

  private Edit edit(Call call, Change change, StoredObject stored) {
    ApiObject old = ApiObject.of(stored);
    List<String> warnings = new ArrayList<>();
    ApiObject next = change.apply(old, warnings);
    parts.guard().check(call, Optional.of(old), next);
    warnings.addAll(call.kind().warnings(next));
    return new Edit(stored, old, next, warnings);
  }

  private CompletionStage<Result> attempt(
      Call call, Change change, WriteOptions options, int count) {
    return parts
        .store()
        .read(Freshness.LINEARIZABLE, view -> view.get(call.path().key()))
        .thenCompose(
            found -> {
              if (found.isEmpty()) return make(call, change, options, count);
              Edit edit = edit(call, change, found.get());
              if (edit.changesNothing()) {
                return done(new Result(200, edit.stored().document(), edit.warnings()));
              }
              if (options.dryRun()) {
                return done(new Result(200, Json.bytes(edit.next().tree()), edit.warnings()));
              }
              return write(call, edit, change, options, count);
            });
  }

  private CompletionStage<Result> make(Call call, Change change, WriteOptions options, int count) {
    String name = call.path().name();
    Making making = change.made().orElseThrow(() -> Refusal.notFound(call.kind(), name));
    mayCreate.accept(call);
    Intake.Accepted accepted = making.accepted();
    ChangedObject.requireNew(call.kind(), accepted.tree(), name);
    List<String> warnings = new ArrayList<>(accepted.warnings());
    return creator
        .make(call, making, options, warnings)
        .thenApply(document -> new Result(201, document, warnings))
        .exceptionallyCompose(
            failure -> {
              boolean taken = isTaken(failure) && count < parts.settings().attempts();
              return taken
                  ? attempt(call, change, options, count + 1)
                  : CompletableFuture.failedStage(failure);
            });
  }

  /** Whether somebody else made the object since it was found missing. */
  private static boolean isTaken(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return cause instanceof StatusException refusal
        && refusal.status().reason().equals("AlreadyExists");
  }

  private CompletionStage<Result> write(
      Call call, Edit edit, Change change, WriteOptions options, int count) {
    ResourceKind kind = call.kind();
    Sink sink = parts.sink(kind);
    CompletionStage<Written> written =
        ChangedObject.isReleased(edit.next())
            ? sink.remove(kind, edit.stored(), edit.next())
            : sink.update(kind, edit.stored(), edit.next());
    return written.thenCompose(
        outcome -> outcome.match(next(call, change, options, edit.warnings(), count)));
  }

  private Written.Cases<CompletionStage<Result>> next(
      Call call, Change change, WriteOptions options, List<String> warnings, int count) {
    return new Written.Cases<>() {
      @Override
      public CompletionStage<Result> done(Written.Done done) {
        return UpdateHandler.done(new Result(200, done.document(), warnings));
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
    return Answer.warned(Answer.json(result.code(), body), result.warnings());
  }

  private static CompletionStage<Result> done(Result result) {
    return CompletableFuture.completedStage(result);
  }
}
