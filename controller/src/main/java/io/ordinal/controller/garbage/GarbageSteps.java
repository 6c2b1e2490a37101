package io.ordinal.controller.garbage;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.replica.ReplicaCommand;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.id.ReplicaId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Carries out steps: reads the object again, makes sure that the reason still holds, and writes on
 * the condition that it has not moved since. Completes with what went wrong, if something did.
 */
final class GarbageSteps implements GarbageStep.Cases<CompletionStage<Optional<String>>> {
  /** What becomes of an object that was read; empty when there is nothing to do after all. */
  private record Change(StoredObject read, Optional<ApiObject> next) {}

  private final GarbagePorts ports;
  private final Kinds kinds;

  GarbageSteps(GarbagePorts ports, Kinds kinds) {
    this.ports = ports;
    this.kinds = kinds;
  }

  @Override
  public CompletionStage<Optional<String>> delete(GarbageStep.Delete step) {
    boolean pod = step.key().resource().equals(ObjectFacts.PODS);
    return read(step.key(), (stored, truth) -> deletion(step, stored, truth))
        .thenCompose(
            change -> pod && change.isPresent() ? endPod(change.get()) : write(change, false));
  }

  private Optional<ApiObject> deletion(GarbageStep.Delete step, StoredObject stored, Truth truth) {
    ObjectFacts facts = ObjectFacts.of(stored);
    String namespace = step.key().namespace();
    boolean goes =
        truth.ending(namespace)
            || Garbage.doomed(facts.owners(), owner -> truth.standing(owner, namespace));
    if (!stored.uid().equals(step.uid()) || facts.deleting() || !goes) return Optional.empty();
    return Optional.of(
        GarbageEdits.deleting(
            ApiObject.of(stored),
            kinds.get(step.key().resource()),
            step.foreground(),
            ports.clock().instant()));
  }

  private CompletionStage<Optional<String>> endPod(Change change) {
    ReplicaId replica = replica(change.read().key());
    Optional<String> uid = Optional.of(change.read().uid());
    return ask(
        reply ->
            new ReplicaCommand.Delete(
                replica, uid, Optional.empty(), Optional.empty(), false, reply));
  }

  @Override
  public CompletionStage<Optional<String>> disown(GarbageStep.Disown step) {
    return read(
            step.key(),
            (stored, truth) -> {
              Set<String> forgotten =
                  new HashSet<>(
                      Garbage.forgotten(
                          ObjectFacts.of(stored).owners(),
                          owner -> truth.standing(owner, step.key().namespace())));
              forgotten.retainAll(step.owners());
              return forgotten.isEmpty()
                  ? Optional.empty()
                  : Optional.of(GarbageEdits.disowned(ApiObject.of(stored), forgotten));
            })
        .thenCompose(change -> write(change, step.key().resource().equals(ObjectFacts.PODS)));
  }

  @Override
  public CompletionStage<Optional<String>> letGo(GarbageStep.LetGo step) {
    return read(
            step.key(),
            (stored, truth) ->
                ObjectFacts.of(stored).heldBy(step.finalizer())
                    ? Optional.of(GarbageEdits.without(ApiObject.of(stored), step.finalizer()))
                    : Optional.empty())
        .thenCompose(change -> write(change, step.key().resource().equals(ObjectFacts.PODS)));
  }

  @Override
  public CompletionStage<Optional<String>> close(GarbageStep.Close step) {
    return read(
            step.key(),
            (stored, truth) -> {
              boolean empty = truth.remaining(step.key().name()).resources().isEmpty();
              return empty && ObjectFacts.of(stored).deleting()
                  ? Optional.of(GarbageEdits.emptied(ApiObject.of(stored)))
                  : Optional.empty();
            })
        .thenCompose(change -> write(change, false));
  }

  @Override
  public CompletionStage<Optional<String>> tellRemaining(GarbageStep.TellRemaining step) {
    return read(
            step.key(),
            (stored, truth) ->
                NamespaceConditions.changed(
                    ApiObject.of(stored),
                    truth.remaining(step.key().name()),
                    ports.clock().instant()))
        .thenCompose(change -> write(change, false));
  }

  private CompletionStage<Optional<Change>> read(
      ObjectKey key, BiFunction<StoredObject, Truth, Optional<ApiObject>> decide) {
    return ports
        .store()
        .read(
            Freshness.LINEARIZABLE,
            view ->
                view.get(key)
                    .map(stored -> new Change(stored, decide.apply(stored, new Truth(view, kinds))))
                    .filter(change -> change.next().isPresent()));
  }

  private CompletionStage<Optional<String>> write(Optional<Change> change, boolean pod) {
    if (change.isEmpty()) return CompletableFuture.completedStage(Optional.empty());
    StoredObject read = change.get().read();
    ApiObject next = change.get().next().orElseThrow();
    if (pod) {
      return ask(
          reply ->
              new ReplicaCommand.Edit(
                  replica(read.key()), read.revision(), Json.bytes(next.tree()), reply));
    }
    Condition untouched = Condition.at(read.revision());
    Operation operation =
        GarbageEdits.released(next)
            ? new Operation.Delete(read.key(), untouched)
            : new Operation.Put(read.key(), next.draft(), untouched);
    return ports
        .store()
        .commit(Transaction.of(operation))
        .thenApply(
            outcome ->
                outcome instanceof Outcome.Refused refused
                    ? Optional.of("found " + refused.found())
                    : Optional.empty());
  }

  private CompletionStage<Optional<String>> ask(
      Function<ActorRef<Verdict<StoredObject>>, ReplicaCommand> command) {
    return ports.replicas().ask(command).thenApply(GarbageSteps::trouble);
  }

  private static Optional<String> trouble(Verdict<StoredObject> verdict) {
    if (verdict instanceof Verdict.Rejected<StoredObject> rejected) {
      boolean gone = rejected.reason() == Verdict.Reason.NOT_FOUND;
      return gone ? Optional.empty() : Optional.of(rejected.message());
    }
    return verdict instanceof Verdict.TryLater<StoredObject> later
        ? Optional.of(later.message())
        : Optional.empty();
  }

  private static ReplicaId replica(ObjectKey pod) {
    return new ReplicaId(pod.namespace(), pod.name());
  }
}
