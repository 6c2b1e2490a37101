package io.ordinal.controller.set;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.replica.Basis;
import io.ordinal.controller.replica.ReplicaCommand;
import io.ordinal.controller.replica.Replicas;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Replicas and their nodes, as far as others can tell: writes pods into the store with the
 * preconditions that it was given, and lets them live by {@link #ready} and {@link #gone}, or at
 * once where {@link #obedient} is set.
 */
public final class FakeReplicas implements Replicas {
  /** Pods get ready as soon as they begin, and are gone as soon as they are ended. */
  public volatile boolean obedient = true;

  /** Whoever asks the replica of this name is never answered. */
  public volatile String mute = "";

  /** What happens between the decision that begins this pod and its commit. */
  public volatile Consumer<String> beforeBegin = pod -> {};

  /** What happens between the decision that ends a pod and its commit. */
  public volatile Runnable beforeEnd = () -> {};

  public final List<String> log = new CopyOnWriteArrayList<>();
  private final ObjectStore store;
  private final ActorRef<ReplicaCommand> actor;
  private final ActorSystem<?> system;

  public FakeReplicas(ObjectStore store, ActorSystem<?> system) {
    this.store = store;
    this.system = system;
    this.actor =
        system.systemActorOf(
            Behaviors.<ReplicaCommand>receiveMessage(
                command -> {
                  answer(command);
                  return Behaviors.same();
                }),
            "replicas-" + UUID.randomUUID(),
            Props.empty());
  }

  @Override
  public void tell(ReplicaCommand command) {
    actor.tell(command);
  }

  @Override
  public <R> CompletionStage<R> ask(Function<ActorRef<R>, ReplicaCommand> command) {
    if (command.apply(null).replica().name().equals(mute)) return new CompletableFuture<>();
    return AskPattern.ask(actor, command::apply, Duration.ofSeconds(3), system.scheduler());
  }

  private void answer(ReplicaCommand command) {
    try {
      if (command instanceof ReplicaCommand.Begin begin) begin.replyTo().tell(begin(begin));
      if (command instanceof ReplicaCommand.End end) end.replyTo().tell(end(end));
      if (command instanceof ReplicaCommand.Amend amend) amend.replyTo().tell(amend(amend));
      if (command instanceof ReplicaCommand.Delete delete) delete.replyTo().tell(delete(delete));
      if (command instanceof ReplicaCommand.Edit edit) edit.replyTo().tell(edit(edit));
    } catch (RuntimeException unavailable) {
      // No answer: whoever asked runs into a timeout, as when a replica restarts.
      log.add("no answer: " + unavailable.getMessage());
    }
  }

  private Verdict<StoredObject> begin(ReplicaCommand.Begin begin) {
    beforeBegin.accept(begin.replica().name());
    ObjectNode pod = born(Json.object(begin.pod()));
    pod.putObject("status").put("phase", "Pending");
    List<Operation> writes = guards(begin.basis());
    begin
        .after()
        .forEach(
            each ->
                writes.add(
                    new Operation.Expect(
                        key(each.replica()), new Condition.WithUid(each.podUid()))));
    writes.add(
        new Operation.Put(key(begin.replica()), new ApiObject(pod).draft(), Condition.ABSENT));
    writes.addAll(claims(begin.replica(), begin.claims()));
    Verdict<StoredObject> verdict = commit("begin", begin.replica(), writes);
    if (obedient && verdict instanceof Verdict.Done) ready(begin.replica().name());
    return verdict;
  }

  private Verdict<StoredObject> end(ReplicaCommand.End end) {
    beforeEnd.run();
    Optional<ApiObject> pod = pod(end.replica().name());
    if (pod.isEmpty() || !pod.get().uid().equals(end.podUid())) {
      return new Verdict.Rejected<>(Verdict.Reason.NOT_FOUND, "no such pod");
    }
    ObjectNode ending = pod.get().copy();
    ending.withObjectProperty("metadata").put("deletionTimestamp", "2030-01-01T00:00:30Z");
    List<Operation> writes = guards(end.basis());
    writes.add(put(end.replica(), ending, pod.get()));
    Verdict<StoredObject> verdict = commit("end", end.replica(), writes);
    if (obedient && verdict instanceof Verdict.Done) gone(end.replica().name());
    return verdict;
  }

  private Verdict<StoredObject> amend(ReplicaCommand.Amend amend) {
    List<Operation> writes = guards(amend.basis());
    writes.add(
        new Operation.Put(
            key(amend.replica()),
            new ApiObject(Json.object(amend.pod())).draft(),
            Condition.at(amend.expected())));
    writes.addAll(claims(amend.replica(), amend.claims()));
    return commit("amend", amend.replica(), writes);
  }

  private Verdict<StoredObject> delete(ReplicaCommand.Delete delete) {
    Optional<ApiObject> pod = pod(delete.replica());
    if (pod.isEmpty()) return new Verdict.Rejected<>(Verdict.Reason.NOT_FOUND, "no such pod");
    ObjectNode ending = pod.get().copy();
    ending.withObjectProperty("metadata").put("deletionTimestamp", "2030-01-01T00:00:30Z");
    Verdict<StoredObject> verdict =
        commit("delete", delete.replica(), List.of(put(delete.replica(), ending, pod.get())));
    if (obedient) gone(delete.replica());
    return verdict;
  }

  private Verdict<StoredObject> edit(ReplicaCommand.Edit edit) {
    Operation put =
        new Operation.Put(
            key(edit.replica()),
            new ApiObject(Json.object(edit.pod())).draft(),
            Condition.at(edit.expected()));
    return commit("edit", edit.replica(), List.of(put));
  }

  /** The node reports the pod running and ready. */
  public void ready(String name) {
    condition(name, "Running", "True");
  }

  void unready(String name) {
    condition(name, "Running", "False");
  }

  private void condition(String name, String phase, String ready) {
    ApiObject pod = pod(name).orElseThrow();
    ObjectNode tree = pod.copy();
    ObjectNode status = tree.withObjectProperty("status").put("phase", phase);
    status.remove("conditions");
    status
        .putArray("conditions")
        .addObject()
        .put("type", "Ready")
        .put("status", ready)
        .put("lastTransitionTime", "2029-12-31T00:00:00Z");
    await(store.commit(Transaction.of(put(id(name), tree, pod))));
  }

  /** The node reports the process gone. */
  public void gone(String name) {
    gone(id(name));
  }

  private void gone(ReplicaId replica) {
    await(store.commit(Transaction.of(new Operation.Delete(key(replica), Condition.ANY))));
  }

  public Optional<ApiObject> pod(String name) {
    return pod(id(name));
  }

  private Optional<ApiObject> pod(ReplicaId replica) {
    return await(
        store.read(Freshness.LINEARIZABLE, view -> view.get(key(replica)).map(ApiObject::of)));
  }

  private Verdict<StoredObject> commit(String verb, ReplicaId replica, List<Operation> writes) {
    Outcome outcome = await(store.commit(new Transaction(writes)));
    if (outcome instanceof Outcome.Refused refused) {
      log.add(verb + " " + replica.name() + " refused");
      return new Verdict.Rejected<>(Verdict.Reason.CONFLICT, "found " + refused.found());
    }
    log.add(verb + " " + replica.name());
    return new Verdict.Done<>(
        await(store.read(Freshness.LINEARIZABLE, view -> view.get(key(replica)))).orElseThrow());
  }

  private static List<Operation> guards(Basis basis) {
    return new ArrayList<>(
        List.of(
            new Operation.ExpectRecord(SetLook.TERM, RecordCondition.at(basis.term().value())),
            new Operation.Expect(
                SetNames.key(basis.set()),
                new Condition.AtGeneration(basis.setUid(), basis.setGeneration()))));
  }

  private static List<Operation> claims(ReplicaId replica, List<byte[]> documents) {
    List<Operation> writes = new ArrayList<>();
    for (byte[] document : documents) {
      ObjectNode claim = born(Json.object(document));
      String name = claim.path("metadata").path("name").asString("");
      writes.add(
          new Operation.PutIfAbsent(
              new ObjectKey(SetNames.CLAIMS, replica.namespace(), name),
              new ApiObject(claim).draft()));
    }
    return writes;
  }

  private static ObjectNode born(ObjectNode object) {
    object
        .withObjectProperty("metadata")
        .put("uid", UUID.randomUUID().toString())
        .put("creationTimestamp", Instant.parse("2029-12-31T00:00:00Z").toString());
    return object;
  }

  private static Operation put(ReplicaId replica, ObjectNode tree, ApiObject read) {
    Revision revision = new Revision(Long.parseLong(read.resourceVersion()));
    return new Operation.Put(key(replica), new ApiObject(tree).draft(), Condition.at(revision));
  }

  private static ObjectKey key(ReplicaId replica) {
    return new ObjectKey(SetNames.PODS, replica.namespace(), replica.name());
  }

  private static ReplicaId id(String name) {
    return new ReplicaId("default", name);
  }

  /** The store in memory answers at once. */
  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
