package io.ordinal.controller.drill;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.document.drill.Drill;
import io.ordinal.controller.document.drill.DrillStatus;
import io.ordinal.controller.event.EventNote;
import io.ordinal.controller.replica.ReplicaCommand;
import io.ordinal.controller.replica.Replicas;
import io.ordinal.controller.replica.wire.StoredReplicaCodec;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.StoredRecord;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest.Injected;
import io.ordinal.protocol.id.NodeName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The real actors over a store in memory, with hands where agents, replicas and pods would be. */
final class DrillStage implements AutoCloseable {
  static final DrillSettings SETTINGS =
      new DrillSettings(
          Duration.ofMillis(20),
          Duration.ofMillis(10),
          Duration.ofMillis(200),
          Duration.ofMillis(20),
          Duration.ofMillis(100),
          Duration.ofSeconds(60),
          Duration.ofMillis(300),
          Duration.ofSeconds(1),
          Duration.ofMillis(20),
          100,
          Duration.ofSeconds(8));

  /**
   * @param place a node, or a controller that is none
   */
  record Told(String place, AgentCommand command) {}

  final ActorTestKit kit = ActorTestKit.create();
  final InMemoryObjectStore store = new InMemoryObjectStore();
  final List<Told> told = new CopyOnWriteArrayList<>();
  final List<EventNote> notes = new CopyOnWriteArrayList<>();
  final List<ReplicaCommand> deletions = new CopyOnWriteArrayList<>();
  volatile boolean serving = true;
  private final Testimonies testimonies = new Testimonies();
  final ActorRef<DrillWitness.Command> witness;

  DrillStage() {
    for (String name : List.of("n1", "n2")) node(name, true);
    put(
        new ResourceName("statefulsets.apps"),
        "default",
        "web",
        set -> {
          set.withObjectProperty("spec").put("replicas", 2);
        });
    pod("web-0", "n1", 10, true, 0);
    pod("web-1", "n2", 11, true, 0);
    witness =
        kit.spawn(
            DrillWitness.create(
                new DrillWitness.Means(
                    store,
                    (address, question) -> CompletableFuture.completedFuture(serving),
                    testimonies,
                    InstantSource.system(),
                    () -> Duration.ofNanos(System.nanoTime())),
                SETTINGS));
  }

  ActorRef<DrillController.Command> controller() {
    return kit.spawn(
        DrillController.create(
            new DrillPorts(
                store,
                new StoredReplicaCodec(),
                replicas(),
                faults(),
                view -> new Council(Map.of("n1", true, "n2", true, "n3", true), Set.of("n3")),
                testimonies,
                notes::add,
                InstantSource.system(),
                UUID::randomUUID),
            SETTINGS));
  }

  private Replicas replicas() {
    return new Replicas() {
      @Override
      public void tell(ReplicaCommand command) {}

      @Override
      public <R> CompletionStage<R> ask(Function<ActorRef<R>, ReplicaCommand> command) {
        deletions.add(command.apply(kit.<R>createTestProbe().getRef()));
        return new CompletableFuture<>();
      }
    };
  }

  private FaultPort faults() {
    return new FaultPort() {
      @Override
      public void toNode(NodeName node, AgentCommand command) {
        told.add(new Told(node.value(), command));
      }

      @Override
      public void toController(String name, AgentCommand command) {
        told.add(new Told(name, command));
      }
    };
  }

  /** A drill with the defaults that matter here; the text is its spec with single quotes. */
  void drill(String name, String spec) {
    put(
        DrillDocument.DRILLS,
        "",
        name,
        tree -> {
          tree.put("apiVersion", Drill.API_VERSION).put("kind", Drill.KIND);
          ObjectNode wanted = Json.object(spec.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
          if (!wanted.has("timeout")) wanted.put("timeout", "60s");
          if (!wanted.has("steadyState")) wanted.putObject("steadyState").put("readyFor", "0s");
          tree.set("spec", wanted);
        });
  }

  Optional<ApiObject> drill(String name) {
    return object(DrillDocument.key(name)).map(ApiObject::of);
  }

  DrillStatus status(String name) {
    return drill(name).map(DrillDocument::status).orElse(DrillStatus.NEW);
  }

  void change(String name, Consumer<ObjectNode> change) {
    put(DrillDocument.DRILLS, "", name, change);
  }

  void remove(ObjectKey key) {
    commit(new Operation.Delete(key, Condition.ANY));
  }

  /** Its agent says that it does no faults. */
  void closed(String name) {
    put(
        SceneReader.NODES,
        "",
        name,
        node ->
            ((ArrayNode) node.at("/status/conditions"))
                .addObject()
                .put("type", "ordinal.io/Drills")
                .put("status", "False"));
  }

  void node(String name, boolean ready) {
    put(
        SceneReader.NODES,
        "",
        name,
        node -> {
          node.remove("status");
          node.withObjectProperty("status")
              .putArray("conditions")
              .addObject()
              .put("type", "Ready")
              .put("status", ready ? "True" : "Unknown");
        });
  }

  void pod(String name, String node, long incarnation, boolean ready, int restarts) {
    put(
        new ResourceName("pods"),
        "default",
        name,
        pod -> {
          ObjectNode metadata = pod.withObjectProperty("metadata");
          metadata
              .withObjectProperty("annotations")
              .put("ordinal.io/incarnation", Long.toString(incarnation));
          metadata.remove("ownerReferences");
          metadata
              .putArray("ownerReferences")
              .addObject()
              .put("kind", "StatefulSet")
              .put("name", "web")
              .put("controller", true);
          pod.withObjectProperty("spec").put("nodeName", node);
          ObjectNode status = pod.withObjectProperty("status");
          status.put("phase", "Running").put("podIP", "127.1.0." + incarnation);
          status.remove("conditions");
          status
              .putArray("conditions")
              .addObject()
              .put("type", "Ready")
              .put("status", ready ? "True" : "False")
              .put("lastTransitionTime", "2026-01-01T00:00:00Z");
          status.remove("containerStatuses");
          status.putArray("containerStatuses").addObject().put("restartCount", restarts);
        });
  }

  void report(String member, String drill, Injected.State state) {
    String uid = drill(drill).orElseThrow().uid();
    witness.tell(
        new DrillWitness.Heard(
            new Injected(member, uid, state, "as the test says", Instant.EPOCH, Optional.empty())));
  }

  <C extends AgentCommand> List<C> told(Class<C> kind) {
    return told.stream().map(Told::command).filter(kind::isInstance).map(kind::cast).toList();
  }

  boolean hasRecord(RecordKey key) {
    return store
        .read(Freshness.LOCAL, view -> view.record(key).isPresent())
        .toCompletableFuture()
        .join();
  }

  List<StoredRecord> records(String family) {
    return store.read(Freshness.LOCAL, view -> view.records(family)).toCompletableFuture().join();
  }

  Optional<StoredObject> object(ObjectKey key) {
    return store.read(Freshness.LOCAL, view -> view.get(key)).toCompletableFuture().join();
  }

  /** Creates or changes; tries again when the actors were faster. */
  private void put(
      ResourceName resource, String namespace, String name, Consumer<ObjectNode> change) {
    ObjectKey key = new ObjectKey(resource, namespace, name);
    while (true) {
      Optional<StoredObject> stored = object(key);
      ObjectNode tree = stored.map(ApiObject::of).map(ApiObject::copy).orElseGet(Json::object);
      ObjectNode metadata = tree.withObjectProperty("metadata");
      metadata.put("name", name);
      if (!namespace.isEmpty()) metadata.put("namespace", namespace);
      if (!metadata.has("uid")) metadata.put("uid", UUID.randomUUID().toString());
      change.accept(tree);
      Condition condition = stored.map(it -> Condition.at(it.revision())).orElse(Condition.ABSENT);
      Operation put = new Operation.Put(key, new ApiObject(tree).draft(), condition);
      if (commit(put)) return;
    }
  }

  private boolean commit(Operation operation) {
    return store.commit(Transaction.of(operation)).toCompletableFuture().join()
        instanceof Outcome.Committed;
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }
}
