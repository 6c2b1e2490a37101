package io.ordinal.controller.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.event.EventNote;
import io.ordinal.controller.garbage.Collected;
import io.ordinal.controller.garbage.Foundations;
import io.ordinal.controller.garbage.GarbageCollector;
import io.ordinal.controller.garbage.GarbagePorts;
import io.ordinal.controller.garbage.GarbageSettings;
import io.ordinal.controller.replica.NoCredentials;
import io.ordinal.controller.replica.ReplicaLives;
import io.ordinal.controller.replica.ReplicaSettings;
import io.ordinal.controller.replica.ReplicaShape;
import io.ordinal.controller.replica.ShardedReplicas;
import io.ordinal.controller.replica.Surroundings;
import io.ordinal.controller.replica.wire.StoredReplicaCodec;
import io.ordinal.controller.store.Change;
import io.ordinal.controller.store.ChangeFeed;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.controller.store.persistence.DurableStateSetup;
import io.ordinal.controller.store.raft.RaftObjectStore;
import io.ordinal.controller.store.raft.StoreSettings;
import io.ordinal.protocol.id.Revision;
import io.ordinal.protocol.id.SetKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A set through the real replicas and the real store; only the node's processes are not there. */
class SetOverReplicasTest {
  private static final Config CONFIG =
      ConfigFactory.parseString(
              "pekko.actor.provider = cluster\n"
                  + "pekko.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }\n"
                  + "pekko.cluster.jmx.enabled = off\n"
                  + "pekko.coordinated-shutdown.exit-jvm = off\n"
                  + "ordinal.store.port = 0")
          .withFallback(ConfigFactory.load());
  private static final SetKey WEB = new SetKey("default", "web");

  private static final List<Collected> KINDS =
      List.of(
          new Collected(SetNames.NAMESPACES, "Namespace", false, false),
          new Collected(SetNames.SETS, "StatefulSet", true, true),
          new Collected(SetNames.REVISIONS, "ControllerRevision", true, false),
          new Collected(SetNames.PODS, "Pod", true, false),
          new Collected(SetNames.CLAIMS, "PersistentVolumeClaim", true, false));

  @TempDir Path directory;
  private final List<EventNote> notes = new CopyOnWriteArrayList<>();
  private RaftObjectStore store;
  private ActorTestKit kit;

  @BeforeEach
  void open() {
    store = RaftObjectStore.start(StoreSettings.from(CONFIG.getConfig("ordinal.store")), directory);
    ActorSystemSetup setup =
        ActorSystemSetup.create(
            BootstrapSetup.create(CONFIG),
            new DurableStateSetup(store, new ReplicaShape(new StoredReplicaCodec())));
    kit = ActorTestKit.create(ActorSystem.create(Behaviors.empty(), "sets", setup));
    Cluster cluster = Cluster.get(kit.system());
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    FakeNode node = new FakeNode();
    InstantSource clock = InstantSource.system();
    Surroundings surroundings =
        new Surroundings(
            store, node, notes::add, clock, UUID::randomUUID, new NoCredentials(), () -> false);
    ShardedReplicas replicas =
        ShardedReplicas.init(
            kit.system(), surroundings, ReplicaSettings.from(CONFIG.getConfig("ordinal.replica")));
    node.register(
        store, new ReplicaLives(store, new StoredReplicaCodec(), replicas, new NoCredentials()));
    new Foundations(store, clock, () -> UUID.randomUUID().toString())
        .lay()
        .toCompletableFuture()
        .join();
    openClass();
    SetPorts ports =
        new SetPorts(
            store,
            SampleSets.IN_OFFICE,
            replicas,
            notes::add,
            clock,
            () -> UUID.randomUUID().toString(),
            tree -> tree);
    kit.spawn(SetController.create(ports, SetSettings.from(CONFIG)));
    GarbagePorts garbage = new GarbagePorts(store, replicas, clock, KINDS);
    kit.spawn(GarbageCollector.create(garbage, GarbageSettings.from(CONFIG)));
  }

  @AfterEach
  void close() {
    kit.shutdownTestKit();
    store.close();
  }

  private void openClass() {
    ObjectNode local =
        Json.object().put("kind", "StorageClass").put("apiVersion", "storage.k8s.io/v1");
    local
        .putObject("metadata")
        .put("name", "local")
        .put("uid", "local")
        .put("creationTimestamp", "2029-12-31T00:00:00Z")
        .putObject("annotations")
        .put("storageclass.kubernetes.io/is-default-class", "true");
    local.put("provisioner", "ordinal.io/local").put("reclaimPolicy", "Delete");
    local.put("volumeBindingMode", "WaitForFirstConsumer");
    commit(
        new Operation.Put(
            new ObjectKey(SetNames.CLASSES, "", "local"),
            new ApiObject(local).draft(),
            Condition.ANY));
  }

  @Test
  void a_set_grows_is_updated_and_shrinks_in_order() {
    put(SampleSets.tree());
    awaitStatus(1, 3);
    assertThat(births()).containsExactly("web-0", "web-1", "web-2");
    assertThat(claims()).hasSize(3);

    change(set -> SampleSets.withImage(set, "counter:2"));
    awaitStatus(2, 3);
    await().untilAsserted(() -> assertThat(status("updatedReplicas")).isEqualTo(3));
    assertThat(births()).containsExactly("web-0", "web-1", "web-2", "web-2", "web-1", "web-0");

    change(set -> ((ObjectNode) set.path("spec")).put("replicas", 1));
    awaitStatus(3, 1);
    assertThat(claims()).hasSize(3);
    change(set -> ((ObjectNode) set.path("spec")).put("replicas", 3));
    awaitStatus(4, 3);
    assertThat(births()).endsWith("web-1", "web-2").hasSize(8);
  }

  @Test
  void a_set_waits_for_its_account_and_says_so() {
    ObjectNode set = SampleSets.tree();
    ((ObjectNode) set.at("/spec/template/spec")).put("serviceAccountName", "robot");
    put(set);
    String why =
        "create Pod web-0 in StatefulSet web failed error: pods \"web-0\" is forbidden: error"
            + " looking up service account default/robot: serviceaccount \"robot\" not found";
    await()
        .untilAsserted(
            () ->
                assertThat(notes)
                    .anyMatch(
                        each ->
                            each.warning()
                                && each.reason().equals("FailedCreate")
                                && each.message().equals(why)));
    assertThat(births()).isEmpty();
    ObjectNode account = Json.object().put("kind", "ServiceAccount").put("apiVersion", "v1");
    account
        .putObject("metadata")
        .put("name", "robot")
        .put("namespace", "default")
        .put("uid", "robot")
        .put("creationTimestamp", "2029-12-31T00:00:00Z");
    commit(
        new Operation.Put(
            new ObjectKey(SetNames.ACCOUNTS, "default", "robot"),
            new ApiObject(account).draft(),
            Condition.ANY));
    awaitStatus(1, 3);
    assertThat(pod("web-0").spec().at("/volumes/1/projected").isObject()).isTrue();
  }

  private ApiObject pod(String name) {
    ObjectKey key = new ObjectKey(SetNames.PODS, "default", name);
    return store
        .read(Freshness.LOCAL, view -> ApiObject.of(view.get(key).orElseThrow()))
        .toCompletableFuture()
        .join();
  }

  @Test
  void a_hundred_replicas_begin_one_after_another_within_their_time() {
    ObjectNode set = SampleSets.tree();
    ((ObjectNode) set.path("spec")).put("replicas", 100);
    long start = System.nanoTime();
    put(set);
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> status("readyReplicas") == 100);
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    System.out.println("ordered 0 -> 100 without processes: " + taken.toMillis() + " ms");
    List<String> births = births();
    for (int each = 0; each < 100; each++) assertThat(births.get(each)).isEqualTo("web-" + each);
  }

  @Test
  void the_pods_of_a_deleted_set_end_and_its_claims_stay() {
    put(SampleSets.tree());
    awaitStatus(1, 3);
    commit(new Operation.Delete(SetNames.key(WEB), Condition.PRESENT));
    await().untilAsserted(() -> assertThat(pods()).isEmpty());
    assertThat(claims()).hasSize(3);

    ObjectNode again = SampleSets.tree();
    again.withObjectProperty("metadata").put("uid", "set-2");
    put(again);
    awaitStatus(1, 3);
    assertThat(claims()).hasSize(3);
  }

  @Test
  void a_set_made_again_adopts_the_pods_that_the_old_one_left() {
    put(SampleSets.tree());
    awaitStatus(1, 3);
    change(
        set ->
            set.withObjectProperty("metadata")
                .put("deletionTimestamp", "2030-01-01T00:00:00Z")
                .putArray("finalizers")
                .add("orphan"));
    await().until(() -> read(view -> view.get(SetNames.key(WEB))).isEmpty());
    assertThat(pods()).extracting(ApiObject::controller).containsOnly(Optional.empty());

    ObjectNode again = SampleSets.tree();
    again.withObjectProperty("metadata").put("uid", "set-2");
    put(again);
    awaitStatus(1, 3);
    assertThat(births()).as("nothing was started again").hasSize(3);
    assertThat(pods())
        .extracting(pod -> pod.controller().orElseThrow().uid())
        .containsOnly("set-2");
  }

  private List<ApiObject> pods() {
    return read(view -> view.list(SetNames.PODS, "default").stream().map(ApiObject::of).toList());
  }

  private List<StoredObject> claims() {
    return read(view -> view.list(SetNames.CLAIMS, "default"));
  }

  /** Names of pods in the order of their creation. */
  private List<String> births() {
    return read(view -> ChangeFeed.since(view, List.of(SetNames.PODS), Revision.ZERO).orElseThrow())
        .stream()
        .filter(change -> change.previous().isEmpty() && !change.deleted())
        .map(Change::key)
        .map(ObjectKey::name)
        .toList();
  }

  private void awaitStatus(long generation, int ready) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              assertThat(status("observedGeneration")).isEqualTo((int) generation);
              assertThat(status("readyReplicas")).isEqualTo(ready);
              assertThat(status("replicas")).isEqualTo(ready);
            });
  }

  private int status(String field) {
    return set().status().path(field).asInt(0);
  }

  private ApiObject set() {
    return read(view -> ApiObject.of(view.get(SetNames.key(WEB)).orElseThrow()));
  }

  private <T> T read(Function<View, T> query) {
    return store.read(Freshness.LINEARIZABLE, query).toCompletableFuture().join();
  }

  private void put(ObjectNode set) {
    commit(new Operation.Put(SetNames.key(WEB), new ApiObject(set).draft(), Condition.ANY));
  }

  private void change(Consumer<ObjectNode> change) {
    await()
        .until(
            () -> {
              ApiObject read = set();
              ObjectNode tree = read.copy();
              change.accept(tree);
              tree.withObjectProperty("metadata").put("generation", read.generation() + 1);
              Condition unchanged =
                  Condition.at(new Revision(Long.parseLong(read.resourceVersion())));
              return commit(
                  new Operation.Put(SetNames.key(WEB), new ApiObject(tree).draft(), unchanged));
            });
  }

  private boolean commit(Operation operation) {
    return store.commit(Transaction.of(operation)).toCompletableFuture().join()
        instanceof io.ordinal.controller.store.Outcome.Committed;
  }
}
