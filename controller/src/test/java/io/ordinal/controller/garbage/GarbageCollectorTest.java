package io.ordinal.controller.garbage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.set.FakeReplicas;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.ForwardingStore;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class GarbageCollectorTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final String SETS = "statefulsets.apps";
  private static final String REVISIONS = "controllerrevisions.apps";
  private static final String PODS = "pods";
  private static final String CLAIMS = "persistentvolumeclaims";
  private static final String NAMESPACES = "namespaces";
  private static final String MAPS = "configmaps";

  private final ActorTestKit kit = ActorTestKit.create();
  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final FakeReplicas replicas = new FakeReplicas(store, kit.system());
  private final GarbageSettings settings =
      new GarbageSettings(
          Duration.ofMinutes(1), Duration.ofMillis(20), Duration.ofMillis(20), 4, Duration.ZERO);

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private ActorRef<GarbageCollector.Command> collector() {
    return collector(store, settings);
  }

  private ActorRef<GarbageCollector.Command> collector(
      ObjectStore through, GarbageSettings settings) {
    List<Collected> kinds =
        List.of(
            new Collected(new ResourceName(NAMESPACES), "Namespace", false, false),
            new Collected(new ResourceName(SETS), "StatefulSet", true, true),
            new Collected(new ResourceName(REVISIONS), "ControllerRevision", true, false),
            new Collected(new ResourceName(PODS), "Pod", true, false),
            new Collected(new ResourceName(CLAIMS), "PersistentVolumeClaim", true, false),
            new Collected(new ResourceName(MAPS), "ConfigMap", true, false));
    return kit.spawn(
        GarbageCollector.create(new GarbagePorts(through, replicas, () -> NOW, kinds), settings));
  }

  /** A set with two pods, a revision, one claim that goes with it and one that does not. */
  private void family() {
    put(SETS, "web", "");
    for (String pod : List.of("web-0", "web-1")) put(PODS, pod, owned("web"));
    put(REVISIONS, "web-1a", owned("web"));
    put(CLAIMS, "data-web-0", owned("web"));
    put(CLAIMS, "data-web-1", "");
  }

  @Test
  void what_a_set_owned_goes_with_it_and_claims_of_nobody_stay() {
    family();
    collector();
    remove(SETS, "web");
    await()
        .untilAsserted(
            () -> {
              assertThat(names(PODS)).isEmpty();
              assertThat(names(REVISIONS)).isEmpty();
              assertThat(names(CLAIMS)).containsExactly("data-web-1");
            });
  }

  @Test
  void what_became_garbage_before_it_began_goes_too() {
    family();
    remove(SETS, "web");
    collector();
    await().untilAsserted(() -> assertThat(names(PODS)).isEmpty());
    assertThat(replicas.log).containsExactlyInAnyOrder("delete web-0", "delete web-1");
  }

  @Test
  void another_owner_of_the_same_name_keeps_nothing_alive() {
    family();
    remove(SETS, "web");
    ObjectNode again = tree(SETS, "web", "");
    again.withObjectProperty("metadata").put("uid", "another");
    commit(new Operation.Put(key(SETS, "web"), new ApiObject(again).draft(), Condition.ABSENT));
    collector();
    await().untilAsserted(() -> assertThat(names(PODS)).isEmpty());
    assertThat(names(SETS)).containsExactly("web");
  }

  @Test
  void a_set_deleted_in_the_foreground_waits_for_its_pods() {
    family();
    replicas.obedient = false;
    collector();
    change(SETS, "web", set -> deleting(set, "foregroundDeletion"));
    await().untilAsserted(() -> assertThat(replicas.log).hasSize(2));
    assertThat(names(SETS)).containsExactly("web");
    replicas.gone("web-0");
    replicas.gone("web-1");
    await().untilAsserted(() -> assertThat(names(SETS)).isEmpty());
  }

  @Test
  void a_set_deleted_alone_leaves_orphans() {
    family();
    collector();
    change(SETS, "web", set -> deleting(set, "orphan"));
    await().untilAsserted(() -> assertThat(names(SETS)).isEmpty());
    assertThat(names(PODS)).containsExactly("web-0", "web-1");
    assertThat(names(CLAIMS)).hasSize(2);
    assertThat(object(PODS, "web-0").owners()).isEmpty();
    assertThat(object(REVISIONS, "web-1a").owners()).isEmpty();
  }

  @Test
  void forgets_dead_owners_beside_living_ones() {
    put(SETS, "web", "");
    put(SETS, "other", "");
    put(MAPS, "shared", owned("web") + "," + owned("other"));
    collector();
    remove(SETS, "web");
    await().untilAsserted(() -> assertThat(object(MAPS, "shared").owners()).hasSize(1));
    assertThat(object(MAPS, "shared").owners().get(0).name()).isEqualTo("other");
  }

  @Test
  void owners_of_kinds_that_nobody_knows_are_not_taken_for_gone() {
    String foreign =
        "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Cluster\",\"name\":\"c\",\"uid\":\"c\"}";
    put(MAPS, "kept", foreign);
    put(MAPS, "dropped", owned("never-there"));
    collector();
    await().untilAsserted(() -> assertThat(names(MAPS)).containsExactly("kept"));
  }

  @Test
  void a_namespace_empties_before_it_goes_and_tells_what_it_waits_for() {
    namespace();
    family();
    put(MAPS, "held", "");
    change(
        MAPS,
        "held",
        map -> map.withObjectProperty("metadata").putArray("finalizers").add("example.com/wait"));
    collector();
    change(NAMESPACES, "default", each -> deleting(each, ""));
    await()
        .untilAsserted(
            () ->
                assertThat(object(NAMESPACES, "default").status().toString())
                    .contains("Some resources are remaining: configmaps. has 1 resource instances")
                    .contains("example.com/wait in 1 resource instances"));
    await().untilAsserted(() -> assertThat(names(PODS)).isEmpty());
    await().untilAsserted(() -> assertThat(names(CLAIMS)).isEmpty());
    assertThat(object(MAPS, "held").deletionTimestamp()).isPresent();

    commit(new Operation.Delete(key(MAPS, "held"), Condition.PRESENT));
    await().untilAsserted(() -> assertThat(stored(NAMESPACES, "default")).isEmpty());
  }

  static Stream<Integer> crashPoints() {
    return IntStream.range(0, 8).boxed();
  }

  @ParameterizedTest
  @MethodSource("crashPoints")
  void goes_on_after_a_crash_between_any_two_commits_even_with_another_one(int commits) {
    namespace();
    family();
    change(NAMESPACES, "default", each -> deleting(each, ""));
    int before = store.committed().size();
    store.crashAfter(commits);
    ActorRef<GarbageCollector.Command> first = collector();
    await().until(() -> store.committed().size() == before + commits);
    kit.stop(first);
    store.recover();
    // A node whose word was lost in the crash gives it again.
    names(PODS).stream()
        .filter(pod -> object(PODS, pod).deletionTimestamp().isPresent())
        .forEach(replicas::gone);
    collector();
    collector();
    await().untilAsserted(() -> assertThat(stored(NAMESPACES, "default")).isEmpty());
  }

  /** Counts what is asked of the store. */
  private static final class Counted extends ForwardingStore {
    private final AtomicInteger reads = new AtomicInteger();

    Counted(ObjectStore store) {
      super(store);
    }

    @Override
    public <T> CompletionStage<T> read(Freshness freshness, Function<View, T> query) {
      reads.incrementAndGet();
      return super.read(freshness, query);
    }
  }

  @Test
  void what_is_written_at_a_stretch_is_read_together() {
    Counted counted = new Counted(store);
    Duration pause = Duration.ofMillis(250);
    collector(
        counted,
        new GarbageSettings(Duration.ofMinutes(1), pause, Duration.ofMillis(20), 4, pause));
    for (int i = 0; i < 300; i++) put(MAPS, "map-" + i, "");
    put(MAPS, "orphan", owned("nobody"));
    await().untilAsserted(() -> assertThat(names(MAPS)).doesNotContain("orphan").hasSize(300));
    assertThat(counted.reads).hasValueLessThan(20);
  }

  @Test
  void the_settings_that_come_with_it_are_complete() {
    assertThat(GarbageSettings.from(ConfigFactory.load()).stepsAtOnce()).isEqualTo(64);
  }

  @Test
  void hears_everything_that_it_can_be_told() {
    List<String> handlers =
        Stream.of(GarbageCollector.class.getDeclaredMethods())
            .map(java.lang.reflect.Method::getName)
            .toList();
    for (Class<?> each : GarbageCollector.Command.class.getPermittedSubclasses()) {
      assertThat(handlers).contains("on" + each.getSimpleName());
    }
  }

  @Test
  void a_cluster_begins_with_namespaces_and_keeps_those_it_has() {
    Foundations foundations = new Foundations(store, () -> NOW, () -> "uid");
    foundations.lay().toCompletableFuture().join();
    var before = all(new ResourceName(NAMESPACES));
    foundations.lay().toCompletableFuture().join();
    assertThat(before)
        .extracting(each -> each.key().name())
        .containsExactly("default", "kube-node-lease", "kube-public", "kube-system");
    assertThat(all(new ResourceName(NAMESPACES))).isEqualTo(before);
  }

  private void namespace() {
    ObjectNode tree = tree("Namespace", "default", "");
    tree.putObject("spec").putArray("finalizers").add("kubernetes");
    commit(
        new Operation.Put(
            key(NAMESPACES, "default"), new ApiObject(tree).draft(), Condition.ABSENT));
  }

  private static void deleting(ObjectNode object, String finalizer) {
    ObjectNode metadata = object.withObjectProperty("metadata");
    metadata.put("deletionTimestamp", NOW.toString());
    if (!finalizer.isEmpty()) metadata.putArray("finalizers").add(finalizer);
  }

  private static String owned(String set) {
    return """
        {"apiVersion":"apps/v1","kind":"StatefulSet","name":"%s","uid":"uid-statefulsets.apps-%s",
         "controller":true,"blockOwnerDeletion":true}
        """
        .formatted(set, set);
  }

  private void put(String resource, String name, String owners) {
    ApiObject object = new ApiObject(tree(resource, name, owners));
    commit(new Operation.Put(key(resource, name), object.draft(), Condition.ABSENT));
  }

  private static ObjectNode tree(String resource, String name, String owners) {
    return Json.object(
        """
        {"metadata":{"name":"%s","namespace":"default","uid":"uid-%s-%s","ownerReferences":[%s]}}
        """
            .formatted(name, resource, name, owners)
            .getBytes(UTF_8));
  }

  private void remove(String resource, String name) {
    commit(new Operation.Delete(key(resource, name), Condition.PRESENT));
  }

  private void change(
      String resource, String name, java.util.function.Consumer<ObjectNode> change) {
    ObjectNode tree = object(resource, name).copy();
    change.accept(tree);
    commit(new Operation.Put(key(resource, name), new ApiObject(tree).draft(), Condition.PRESENT));
  }

  private ApiObject object(String resource, String name) {
    return ApiObject.of(stored(resource, name).orElseThrow());
  }

  private Optional<StoredObject> stored(String resource, String name) {
    return read(view -> view.get(key(resource, name)));
  }

  private List<String> names(String resource) {
    return read(
        view ->
            view.list(new ResourceName(resource), "default").stream()
                .map(each -> each.key().name())
                .toList());
  }

  private List<StoredObject> all(ResourceName resource) {
    return read(view -> view.list(resource, ""));
  }

  private static ObjectKey key(String resource, String name) {
    String namespace = resource.equals(NAMESPACES) ? "" : "default";
    return new ObjectKey(new ResourceName(resource), namespace, name);
  }

  private <T> T read(Function<View, T> query) {
    return store.read(Freshness.LINEARIZABLE, query).toCompletableFuture().join();
  }

  private Outcome commit(Operation operation) {
    Outcome outcome = store.commit(Transaction.of(operation)).toCompletableFuture().join();
    assertThat(outcome).isInstanceOf(Outcome.Committed.class);
    return outcome;
  }
}
