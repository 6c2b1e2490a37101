package io.ordinal.controller.set;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.event.EventNote;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.id.Revision;
import io.ordinal.protocol.id.SetKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.LoggingTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

class SetControllerTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private static final SetKey WEB = new SetKey("default", "web");

  private final ActorTestKit kit = ActorTestKit.create();
  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final FakeReplicas replicas = new FakeReplicas(store, kit.system());
  private final List<EventNote> notes = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private ActorRef<SetController.Command> controller() {
    return controller(SampleSets.settings(ofSeconds(30), ofMinutes(5)));
  }

  private ActorRef<SetController.Command> controller(SetSettings chosen) {
    SetPorts ports =
        new SetPorts(
            store,
            SampleSets.IN_OFFICE,
            replicas,
            notes::add,
            () -> NOW,
            () -> UUID.randomUUID().toString(),
            tree -> tree);
    return kit.spawn(SetController.create(ports, chosen));
  }

  @Test
  void starts_replicas_one_after_another_each_with_its_claim() {
    put(SampleSets.tree());
    replicas.obedient = false;
    controller();
    for (int ordinal = 0; ordinal < 3; ordinal++) {
      String name = "web-" + ordinal;
      await().untilAsserted(() -> assertThat(replicas.pod(name)).isPresent());
      assertThat(names("pods")).hasSize(ordinal + 1);
      replicas.ready(name);
    }
    await().untilAsserted(() -> assertThat(status("readyReplicas")).isEqualTo(3));

    assertThat(names("persistentvolumeclaims"))
        .containsExactly("data-web-0", "data-web-1", "data-web-2");
    assertThat(names("controllerrevisions.apps")).hasSize(1);
    String revision = names("controllerrevisions.apps").get(0);
    assertThat(set().status().path("currentRevision").asString("")).isEqualTo(revision);
    assertThat(set().status().path("updateRevision").asString("")).isEqualTo(revision);
    assertThat(status("observedGeneration")).isEqualTo(1);
    assertThat(notes)
        .extracting(EventNote::reason, EventNote::message)
        .contains(
            tuple("SuccessfulCreate", "create Pod web-1 in StatefulSet web successful"),
            tuple(
                "SuccessfulCreate",
                "create Claim data-web-1 Pod web-1 in StatefulSet web success"));
  }

  @Test
  void begins_none_whose_predecessor_was_lost_after_the_look() {
    put(SampleSets.tree());
    replicas.beforeBegin =
        pod -> {
          if (pod.equals("web-2") && replicas.log.size() == 2) replicas.gone("web-0");
        };
    controller();
    awaitReady(3);
    assertThat(replicas.log)
        .containsExactly(
            "begin web-0", "begin web-1", "begin web-2 refused", "begin web-0", "begin web-2");
  }

  @Test
  void goes_on_although_one_replica_never_answers() {
    replicas.mute = "web-1";
    ObjectNode set = SampleSets.tree();
    set.withObjectProperty("spec").put("podManagementPolicy", "Parallel");
    put(set);
    controller();
    await().untilAsserted(() -> assertThat(status("readyReplicas")).isEqualTo(2));
    assertThat(names("pods")).containsExactly("web-0", "web-2");
    replicas.mute = "";
    awaitReady(3);
  }

  @Test
  void keeps_claims_when_scaled_down_and_finds_them_again() {
    put(SampleSets.tree());
    controller();
    awaitReady(3);
    String claim = stored("persistentvolumeclaims", "data-web-2").orElseThrow().uid();

    change(set -> ((ObjectNode) set.path("spec")).put("replicas", 1));
    await().untilAsserted(() -> assertThat(names("pods")).containsExactly("web-0"));
    change(set -> ((ObjectNode) set.path("spec")).put("replicas", 3));
    awaitReady(3);

    assertThat(stored("persistentvolumeclaims", "data-web-2").orElseThrow().uid()).isEqualTo(claim);
    assertThat(replicas.log)
        .containsSubsequence("end web-2", "end web-1", "begin web-1", "begin web-2");
  }

  @Test
  void updates_from_the_highest_down_and_takes_an_old_revision_up_again() {
    put(SampleSets.tree());
    controller();
    awaitReady(3);
    String first = set().status().path("updateRevision").asString("");

    change(set -> SampleSets.withImage(set, "counter:2"));
    awaitRevision(2, 3);
    assertThat(replicas.log)
        .containsSubsequence(
            "end web-2", "begin web-2", "end web-1", "begin web-1", "end web-0", "begin web-0");
    assertThat(names("controllerrevisions.apps")).hasSize(2);

    change(set -> SampleSets.withImage(set, "counter:1"));
    awaitRevision(3, 3);
    assertThat(set().status().path("currentRevision").asString("")).isEqualTo(first);
    assertThat(names("controllerrevisions.apps")).hasSize(2);
  }

  @Test
  void replaces_a_broken_replica_when_the_template_is_mended() {
    put(SampleSets.tree());
    controller();
    awaitReady(3);
    replicas.obedient = false;
    change(set -> SampleSets.withImage(set, "counter:broken"));
    await().untilAsserted(() -> assertThat(replicas.log).contains("end web-2"));
    replicas.gone("web-2");
    await().untilAsserted(() -> assertThat(replicas.pod("web-2")).isPresent());
    replicas.unready("web-2");
    replicas.obedient = true;

    change(set -> SampleSets.withImage(set, "counter:1"));

    awaitReady(3);
    await().untilAsserted(() -> assertThat(status("updatedReplicas")).isEqualTo(3));
    assertThat(replicas.log).filteredOn("end web-1"::equals).isEmpty();
    assertThat(notes).extracting(EventNote::reason).contains("ReplacingBrokenPod");
  }

  @Test
  void orders_of_an_overtaken_controller_are_void() {
    ActorRef<SetController.Command> sleeper = controller();
    await().untilAsserted(() -> assertThat(term()).isEqualTo(1));
    Terms.take(store, SampleSets.IN_OFFICE, "successor").toCompletableFuture().join();

    // The overtaken one looks, finds the higher term, and orders nothing.
    LoggingTestKit.warn("term 1 was overtaken by 2")
        .expect(kit.system(), () -> commit(webPut(SampleSets.tree())));
    assertThat(names("controllerrevisions.apps")).isEmpty();
    assertThat(replicas.log).isEmpty();
    kit.stop(sleeper);
    controller();
    awaitReady(3);
  }

  @Test
  void an_order_of_an_old_term_is_refused_even_if_it_was_decided_in_office() {
    put(SampleSets.tree());
    controller();
    awaitReady(3);
    replicas.beforeEnd =
        () -> Terms.take(store, SampleSets.IN_OFFICE, "successor").toCompletableFuture().join();
    change(set -> ((ObjectNode) set.path("spec")).put("replicas", 2));
    await().untilAsserted(() -> assertThat(replicas.log).contains("end web-2 refused"));
    assertThat(replicas.log).doesNotContain("end web-2");
  }

  @Test
  void takes_a_new_term_after_resting_if_it_is_in_office_after_all() {
    put(SampleSets.tree());
    controller(SampleSets.settings(ofMillis(200), ofMillis(50)));
    awaitReady(3);
    Terms.take(store, SampleSets.IN_OFFICE, "one that went").toCompletableFuture().join();
    await().untilAsserted(() -> assertThat(term()).isEqualTo(3));
    change(set -> ((ObjectNode) set.path("spec")).put("replicas", 1));
    await().untilAsserted(() -> assertThat(names("pods")).containsExactly("web-0"));
  }

  static Stream<Integer> crashPoints() {
    return IntStream.range(0, 24).boxed();
  }

  @ParameterizedTest
  @MethodSource("crashPoints")
  void goes_on_where_it_was_after_a_crash_between_any_two_commits(int commits) {
    put(SampleSets.tree());
    int before = store.committed().size();
    store.crashAfter(commits);
    ActorRef<SetController.Command> first = controller();
    await()
        .ignoreExceptions()
        .until(() -> store.committed().size() >= before + commits || status("readyReplicas") == 3);
    kit.stop(first);
    store.recover();
    // A node whose report was lost in the crash reports again.
    for (String name : names("pods")) replicas.ready(name);
    controller();

    awaitReady(3);
    assertThat(replicas.log).filteredOn(each -> each.startsWith("end")).isEmpty();
    assertThat(replicas.log).filteredOn("begin web-2"::equals).hasSize(1);
    assertThat(names("controllerrevisions.apps")).hasSize(1);
  }

  @Test
  void starts_parallel_replicas_all_at_once() {
    ObjectNode set = SampleSets.tree();
    ((ObjectNode) set.path("spec")).put("podManagementPolicy", "Parallel").put("replicas", 20);
    replicas.obedient = false;
    put(set);
    controller();
    await().untilAsserted(() -> assertThat(names("pods")).hasSize(20));
    await().untilAsserted(() -> assertThat(status("replicas")).isEqualTo(20));
  }

  @Test
  void only_counts_while_the_set_is_being_deleted() {
    put(SampleSets.tree());
    controller();
    awaitReady(3);
    change(
        set -> set.withObjectProperty("metadata").put("deletionTimestamp", "2030-01-01T00:00:00Z"));
    replicas.gone("web-1");
    await().untilAsserted(() -> assertThat(status("replicas")).isEqualTo(2));
    assertThat(names("pods")).containsExactly("web-0", "web-2");
  }

  @Test
  void a_set_made_again_waits_for_the_pods_of_the_old_one() {
    put(SampleSets.tree());
    controller();
    awaitReady(3);
    replicas.obedient = false;
    commit(new Operation.Delete(SetNames.key(WEB), Condition.ANY));
    ObjectNode again = SampleSets.tree();
    again.withObjectProperty("metadata").put("uid", "set-2");
    put(again);
    await().untilAsserted(() -> assertThat(status("observedGeneration")).isEqualTo(1));
    assertThat(status("replicas")).isZero();
    for (String name : List.of("web-0", "web-1", "web-2")) replicas.gone(name);
    replicas.obedient = true;
    await().untilAsserted(() -> assertThat(replicas.log).contains("begin web-0"));
    await().untilAsserted(() -> assertThat(replicas.pod("web-0")).isPresent());
    assertThat(replicas.pod("web-0").orElseThrow().controller().orElseThrow().uid())
        .isEqualTo("set-2");
  }

  @Test
  void adopts_pods_that_were_orphaned() {
    put(SampleSets.tree());
    controller();
    awaitReady(3);
    commit(new Operation.Delete(SetNames.key(WEB), Condition.ANY));
    for (String name : List.of("web-0", "web-1", "web-2")) orphan("pods", name);
    for (String name : names("controllerrevisions.apps")) orphan("controllerrevisions.apps", name);
    ObjectNode again = SampleSets.tree();
    again.withObjectProperty("metadata").put("uid", "set-2");
    put(again);
    awaitReady(3);
    assertThat(replicas.log).filteredOn("begin web-0"::equals).hasSize(1);
    assertThat(replicas.pod("web-0").orElseThrow().controller().orElseThrow().uid())
        .isEqualTo("set-2");
  }

  private void orphan(String resource, String name) {
    ApiObject object = ApiObject.of(stored(resource, name).orElseThrow());
    ObjectNode tree = object.copy();
    Owners.remove(tree, java.util.Set.of("set-1"));
    commit(
        new Operation.Put(
            new ObjectKey(new ResourceName(resource), "default", name),
            new ApiObject(tree).draft(),
            Condition.PRESENT));
  }

  private void awaitReady(int count) {
    await()
        .untilAsserted(
            () -> {
              assertThat(status("readyReplicas")).isEqualTo(count);
              assertThat(names("pods")).hasSize(count);
            });
  }

  private void awaitRevision(long generation, int updated) {
    await()
        .untilAsserted(
            () -> {
              assertThat(status("observedGeneration")).isEqualTo(generation);
              assertThat(status("updatedReplicas")).isEqualTo(updated);
              assertThat(set().status().path("currentRevision"))
                  .isEqualTo(set().status().path("updateRevision"));
            });
  }

  private long term() {
    return read(view -> view.recordVersion(SetLook.TERM));
  }

  private ApiObject set() {
    return ApiObject.of(stored("statefulsets.apps", "web").orElseThrow());
  }

  private int status(String field) {
    return set().status().path(field).asInt(0);
  }

  private Optional<StoredObject> stored(String resource, String name) {
    return read(view -> view.get(new ObjectKey(new ResourceName(resource), "default", name)));
  }

  private List<String> names(String resource) {
    return read(
        view ->
            view.list(new ResourceName(resource), "default").stream()
                .map(each -> each.key().name())
                .toList());
  }

  private <T> T read(java.util.function.Function<io.ordinal.controller.store.View, T> query) {
    return store.read(Freshness.LINEARIZABLE, query).toCompletableFuture().join();
  }

  private void put(ObjectNode set) {
    commit(webPut(set));
  }

  private static Operation webPut(ObjectNode set) {
    return new Operation.Put(SetNames.key(WEB), new ApiObject(set).draft(), Condition.ANY);
  }

  /** As a client would: tries again when somebody else was faster. */
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
                      new Operation.Put(SetNames.key(WEB), new ApiObject(tree).draft(), unchanged))
                  instanceof Outcome.Committed;
            });
  }

  private Outcome commit(Operation operation) {
    return store.commit(Transaction.of(operation)).toCompletableFuture().join();
  }
}
