package io.ordinal.controller.api.write;

import io.ordinal.controller.api.http.Refusal;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.api.kind.Syntax;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.replica.ReplicaCommand;
import io.ordinal.controller.replica.Replicas;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Revision;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/** Has pods written by their replicas, the only writers of them. */
final class ReplicaSink implements Sink {
  private final Replicas replicas;
  private final long limitBytes;

  ReplicaSink(Replicas replicas, long limitBytes) {
    this.replicas = replicas;
    this.limitBytes = limitBytes;
  }

  @Override
  public CompletionStage<Written> create(
      ResourceKind kind, ObjectKey key, ApiObject object, Optional<StoredObject> namespace) {
    byte[] pod = document(object);
    return this.<Written>ask(
        kind,
        key.name(),
        replyTo -> new ReplicaCommand.Create(id(key), pod, replyTo),
        done -> new Written.Done(done.document()),
        rejected ->
            switch (rejected.reason()) {
              case ALREADY_EXISTS -> Optional.of(new Written.Taken());
              case BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, NOT_FOUND, CONFLICT, INVALID, TOO_LARGE ->
                  Optional.empty();
            });
  }

  @Override
  public CompletionStage<Written> update(ResourceKind kind, StoredObject old, ApiObject next) {
    byte[] pod = document(next);
    return this.<Written>ask(
        kind,
        old.key().name(),
        replyTo -> new ReplicaCommand.Edit(id(old.key()), old.revision(), pod, replyTo),
        done -> new Written.Done(done.document()),
        rejected ->
            switch (rejected.reason()) {
              case CONFLICT -> Optional.of(new Written.Raced());
              case BAD_REQUEST,
                  UNAUTHORIZED,
                  FORBIDDEN,
                  NOT_FOUND,
                  ALREADY_EXISTS,
                  INVALID,
                  TOO_LARGE ->
                  Optional.empty();
            });
  }

  /** A pod is gone when its replica says so; letting go of it is an edit like others. */
  @Override
  public CompletionStage<Written> remove(ResourceKind kind, StoredObject old, ApiObject last) {
    return update(kind, old, last);
  }

  /**
   * The pod as it stands afterwards. Raced only when the client made no condition that may fail.
   */
  CompletionStage<Written> delete(ResourceKind kind, ObjectKey key, DeleteOptions options) {
    boolean possible =
        Syntax.name(kind.nameRule(), key.name()).isEmpty()
            && Syntax.dnsLabel(key.namespace()).isEmpty();
    if (!possible) throw Refusal.notFound(kind, key.name()); // Nobody's name: ask no replica.
    OptionalLong seconds = options.graceSeconds();
    Optional<Duration> grace =
        seconds.isPresent()
            ? Optional.of(Duration.ofSeconds(seconds.getAsLong()))
            : Optional.empty();
    return this.<Written>ask(
        kind,
        key.name(),
        replyTo ->
            new ReplicaCommand.Delete(
                id(key),
                options.uid(),
                options.resourceVersion().map(ReplicaSink::revision),
                grace,
                options.dryRun(),
                replyTo),
        done -> new Written.Done(done.document()),
        rejected ->
            isRace(rejected, options) ? Optional.of(new Written.Raced()) : Optional.empty());
  }

  private static boolean isRace(Verdict.Rejected<?> rejected, DeleteOptions options) {
    return rejected.reason() == Verdict.Reason.CONFLICT
        && options.uid().isEmpty()
        && options.resourceVersion().isEmpty();
  }

  private <T> CompletionStage<T> ask(
      ResourceKind kind,
      String name,
      Function<ActorRef<Verdict<StoredObject>>, ReplicaCommand> command,
      Function<StoredObject, T> done,
      Function<Verdict.Rejected<StoredObject>, Optional<T>> known) {
    CompletionStage<Verdict<StoredObject>> answer = replicas.ask(command);
    return answer.thenApply(
        verdict -> {
          if (verdict instanceof Verdict.Done<StoredObject> yes) return done.apply(yes.value());
          if (verdict instanceof Verdict.Rejected<StoredObject> no) {
            return known.apply(no).orElseThrow(() -> Refusal.of(kind, name, no, limitBytes));
          }
          throw Refusal.unavailable(((Verdict.TryLater<StoredObject>) verdict).message());
        });
  }

  private byte[] document(ApiObject object) {
    byte[] document = Json.bytes(object.tree());
    if (document.length > limitBytes) throw Refusal.tooLarge(limitBytes);
    return document;
  }

  private static ReplicaId id(ObjectKey key) {
    return new ReplicaId(key.namespace(), key.name());
  }

  private static Revision revision(String text) {
    try {
      return new Revision(Long.parseLong(text));
    } catch (NumberFormatException notANumber) {
      return Revision.ZERO; // No object has it, so the precondition fails as it should.
    }
  }
}
