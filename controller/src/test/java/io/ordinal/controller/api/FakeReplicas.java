package io.ordinal.controller.api;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.replica.ReplicaCommand;
import io.ordinal.controller.replica.Replicas;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.id.ReplicaId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Writes pods straight into a store, as replicas would without agents. */
final class FakeReplicas implements Replicas {
  private final ActorTestKit kit;
  private final ObjectStore store;
  private final ActorRef<ReplicaCommand> actor;
  private final List<ReplicaCommand> received = new CopyOnWriteArrayList<>();

  FakeReplicas(ActorTestKit kit, ObjectStore store) {
    this.kit = kit;
    this.store = store;
    this.actor = kit.spawn(behavior());
  }

  List<ReplicaCommand> received() {
    return List.copyOf(received);
  }

  /** Stores a pod as it is given. */
  void store(String namespace, String name, String pod) {
    ApiObject object =
        new ApiObject(Json.object(pod.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    ObjectKey key = key(new ReplicaId(namespace, name));
    Operation put = new Operation.Put(key, object.draft(), Condition.ANY);
    store.commit(Transaction.of(put)).toCompletableFuture().join();
  }

  @Override
  public void tell(ReplicaCommand command) {
    actor.tell(command);
  }

  @Override
  public <R> CompletionStage<R> ask(Function<ActorRef<R>, ReplicaCommand> command) {
    return AskPattern.ask(actor, command::apply, Duration.ofSeconds(5), kit.system().scheduler());
  }

  private Behavior<ReplicaCommand> behavior() {
    return Behaviors.receiveMessage(
        command -> {
          received.add(command);
          if (command instanceof ReplicaCommand.Create create) create(create);
          if (command instanceof ReplicaCommand.Edit edit) edit(edit);
          if (command instanceof ReplicaCommand.Delete delete) delete(delete);
          return Behaviors.same();
        });
  }

  private void create(ReplicaCommand.Create create) {
    put(
        create.replica(),
        create.pod(),
        Condition.ABSENT,
        new Verdict.Rejected<>(Verdict.Reason.ALREADY_EXISTS, "there is one"),
        create.replyTo());
  }

  private void edit(ReplicaCommand.Edit edit) {
    put(
        edit.replica(),
        edit.pod(),
        Condition.at(edit.expected()),
        new Verdict.Rejected<>(Verdict.Reason.CONFLICT, "changed"),
        edit.replyTo());
  }

  private void put(
      ReplicaId id,
      byte[] pod,
      Condition condition,
      Verdict<StoredObject> otherwise,
      ActorRef<Verdict<StoredObject>> replyTo) {
    ApiObject object = new ApiObject(Json.object(pod));
    store
        .commit(Transaction.of(new Operation.Put(key(id), object.draft(), condition)))
        .thenAccept(
            outcome -> {
              if (outcome instanceof Outcome.Refused) replyTo.tell(otherwise);
              else find(id).thenAccept(found -> replyTo.tell(new Verdict.Done<>(found.get())));
            });
  }

  private void delete(ReplicaCommand.Delete delete) {
    find(delete.replica())
        .thenAccept(
            found -> {
              if (found.isEmpty()) {
                delete.replyTo().tell(new Verdict.Rejected<>(Verdict.Reason.NOT_FOUND, "none"));
                return;
              }
              store
                  .commit(
                      Transaction.of(new Operation.Delete(key(delete.replica()), Condition.ANY)))
                  .thenAccept(done -> delete.replyTo().tell(new Verdict.Done<>(found.get())));
            });
  }

  private CompletionStage<Optional<StoredObject>> find(ReplicaId id) {
    return store.read(Freshness.LINEARIZABLE, view -> view.get(key(id)));
  }

  private static ObjectKey key(ReplicaId id) {
    return new ObjectKey(new ResourceName("pods"), id.namespace(), id.name());
  }
}
