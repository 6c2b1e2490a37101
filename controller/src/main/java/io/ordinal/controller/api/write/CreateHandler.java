package io.ordinal.controller.api.write;

import io.ordinal.controller.api.call.Answer;
import io.ordinal.controller.api.call.Call;
import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.http.StatusException;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.api.table.Form;
import io.ordinal.controller.api.write.Admission.Surroundings;
import io.ordinal.controller.api.write.Change.Making;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.StoredObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import tools.jackson.databind.node.ObjectNode;

/** Answers POST on a collection. */
public final class CreateHandler {
  private final WriteParts parts;

  public CreateHandler(WriteParts parts) {
    this.parts = parts;
  }

  public CompletionStage<HttpResponse> create(Call call) {
    call.form();
    WriteOptions options = WriteOptions.parse(call.query(), "CreateOptions");
    return parts
        .bodies()
        .collect(call.http())
        .thenCompose(
            body -> {
              Intake.Accepted accepted =
                  Intake.accept(call.kind(), Bodies.object(body), options.strictness());
              List<String> warnings = new ArrayList<>(accepted.warnings());
              return make(call, new Making(accepted, claim(call, options)), options, warnings)
                  .thenApply(stored -> answer(call, stored, warnings));
            });
  }

  /**
   * Creates an object of the call's kind, in its namespace; answers with it as it is stored.
   *
   * @param warnings for the client; are added to
   */
  CompletionStage<byte[]> make(
      Call call, Making making, WriteOptions options, List<String> warnings) {
    return attempt(call, making, options, warnings, mayHope(call, options) ? 0 : 1);
  }

  private Claim claim(Call call, WriteOptions options) {
    return Claim.of(call.kind(), options.writer(call, parts.clock().instant()));
  }

  private boolean mayHope(Call call, WriteOptions options) {
    return !options.dryRun()
        && parts.store().age().isZero()
        && Admission.restsOnNamespaceAlone(call.kind());
  }

  /**
   * The first attempt, which does not count as one, trusts this controller's own view: the write
   * itself finds out whether that was old. A refusal is worth something only when nothing that was
   * acknowledged is missing.
   */
  private CompletionStage<byte[]> attempt(
      Call call, Making making, WriteOptions options, List<String> warnings, int count) {
    ObjectNode object = making.accepted().tree().deepCopy();
    ResourceKind kind = call.kind();
    NewObject.own(
        kind, object, call.path().namespace(), parts.uids().get(), parts.clock().instant());
    NewObject.nameIfNameless(object, parts.chance());
    List<String> dropped = OwnedAnnotations.dropped(kind, object);
    boolean hopeful = count == 0;
    return look(call, object, hopeful, options.dryRun())
        .thenCompose(
            look -> {
              ApiObject made;
              try {
                made = admitted(call, object, making.claim(), look.around());
                parts.guard().check(call, Optional.empty(), made);
              } catch (StatusException refused) {
                if (!hopeful) throw refused;
                return attempt(call, making, options, warnings, count + 1);
              }
              Set<String> all = new LinkedHashSet<>(warnings);
              dropped.stream().filter(all::add).forEach(warnings::add);
              kind.warnings(made).stream().filter(all::add).forEach(warnings::add);
              if (options.dryRun()) return dry(call, made, look.taken());
              ObjectKey key = call.path().key(made.name());
              return parts
                  .sink(kind)
                  .create(kind, key, made, look.around().namespace())
                  .thenCompose(
                      written -> written.match(next(call, making, options, warnings, made, count)));
            });
  }

  /**
   * @param hopeful as this controller has seen it, not as it is
   * @param whole whether such an object is there as well
   */
  private CompletionStage<Look> look(Call call, ObjectNode object, boolean hopeful, boolean whole) {
    String namespace = call.path().namespace();
    if (hopeful) {
      Optional<StoredObject> seen = parts.namespaces().find(namespace);
      if (seen.isPresent() || namespace.isEmpty())
        return CompletableFuture.completedStage(new Look(Surroundings.of(seen), false));
    }
    return parts
        .store()
        .read(
            hopeful ? Freshness.LOCAL : Freshness.LINEARIZABLE,
            view -> {
              Surroundings around = Admission.look(view, call.kind(), object, namespace);
              String name = object.path("metadata").path("name").asString("");
              boolean named = whole && !name.isEmpty(); // Without a name it is refused further on.
              boolean taken = named && view.get(call.path().key(name)).isPresent();
              return new Look(around, taken);
            });
  }

  /** What is there already when an object is to be made. */
  private record Look(Surroundings around, boolean taken) {}

  private ApiObject admitted(Call call, ObjectNode object, Claim claim, Surroundings around) {
    String namespace = call.path().namespace();
    String name = object.path("metadata").path("name").asString("");
    if (!namespace.isEmpty()) {
      parts.namespaces().require(parts.kinds(), call.kind(), name, namespace, around.namespace());
    }
    Admission.requireAccount(call.kind(), name, namespace, around);
    Admission.admit(call.kind(), object, around);
    ApiObject made = NewObject.complete(call.kind(), object, claim);
    Admission.requireWithinLimits(call.kind(), made, around);
    return made;
  }

  private CompletionStage<byte[]> dry(Call call, ApiObject made, boolean taken) {
    if (taken) throw Refusal.alreadyExists(call.kind(), made.name());
    return CompletableFuture.completedStage(Json.bytes(made.tree()));
  }

  private Written.Cases<CompletionStage<byte[]>> next(
      Call call,
      Making making,
      WriteOptions options,
      List<String> warnings,
      ApiObject made,
      int count) {
    return new Written.Cases<>() {
      @Override
      public CompletionStage<byte[]> done(Written.Done done) {
        return CompletableFuture.completedStage(done.document());
      }

      @Override
      public CompletionStage<byte[]> raced(Written.Raced raced) {
        if (count >= parts.settings().attempts()) {
          throw Refusal.unavailable("the namespace changes too often; try again");
        }
        return attempt(call, making, options, warnings, count + 1);
      }

      @Override
      public CompletionStage<byte[]> taken(Written.Taken taken) {
        boolean another =
            NewObject.isNamedByPrefix(making.accepted().tree())
                && count < parts.settings().attempts();
        if (another) return attempt(call, making, options, warnings, count + 1);
        throw Refusal.alreadyExists(call.kind(), made.name());
      }
    };
  }

  private HttpResponse answer(Call call, byte[] stored, List<String> warnings) {
    byte[] body = Form.print(call, stored, parts.clock().instant());
    return Answer.warned(Answer.json(201, body), warnings);
  }
}
