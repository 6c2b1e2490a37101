package io.ordinal.controller.set;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.event.EventNote;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.id.SetKey;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Pods and claims of sets keep the LimitRanges of their namespace like those of clients. */
class SetLimitsTest {
  private final ActorTestKit kit = ActorTestKit.create();
  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final FakeReplicas replicas = new FakeReplicas(store, kit.system());
  private final List<EventNote> notes = new CopyOnWriteArrayList<>();

  @BeforeEach
  void begin() {
    put(SetNames.key(new SetKey("default", "web")), SampleSets.tree());
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void a_pod_beyond_the_limits_waits_until_they_change() {
    limit("{'type':'Container','max':{'memory':'1Mi'}}");
    controller();
    told(
        "create Pod web-0 in StatefulSet web failed error: pods \"web-0\" is forbidden: maximum"
            + " memory usage per Container is 1Mi, but limit is 64Mi");
    assertThat(count("pods")).isZero();
    assertThat(count("persistentvolumeclaims")).isZero();
    limit("{'type':'Container','max':{'memory':'1Gi'},'default':{'cpu':'1'}}");
    await().untilAsserted(() -> assertThat(count("pods")).isEqualTo(3));
    ApiObject pod = replicas.pod("web-0").orElseThrow();
    assertThat(pod.spec().at("/containers/0/resources/limits/cpu").asString()).isEqualTo("1");
    assertThat(pod.annotations())
        .containsEntry(
            "kubernetes.io/limit-ranger", "LimitRanger plugin set: cpu limit for container main");
  }

  @Test
  void a_claim_beyond_the_limits_holds_its_pod_up() {
    limit("{'type':'PersistentVolumeClaim','max':{'storage':'1Mi'}}");
    controller();
    told(
        "create Pod web-0 in StatefulSet web failed error: persistentvolumeclaims \"data-web-0\" is"
            + " forbidden: maximum storage usage per PersistentVolumeClaim is 1Mi, but request is"
            + " 1Gi");
    assertThat(count("pods")).isZero();
  }

  private void told(String message) {
    await()
        .untilAsserted(
            () ->
                assertThat(notes)
                    .extracting(EventNote::reason, EventNote::message)
                    .contains(tuple("FailedCreate", message)));
  }

  private void controller() {
    SetPorts ports =
        new SetPorts(
            store,
            SampleSets.IN_OFFICE,
            replicas,
            notes::add,
            () -> Instant.parse("2030-01-01T00:00:00Z"),
            () -> UUID.randomUUID().toString(),
            tree -> tree);
    kit.spawn(SetController.create(ports, SampleSets.settings(ofMillis(200), ofMillis(50))));
  }

  private void limit(String item) {
    String text =
        "{'kind':'LimitRange','apiVersion':'v1','metadata':{'name':'limits','namespace':'default',"
            + "'uid':'range-1','creationTimestamp':'2029-12-31T00:00:00Z'},'spec':{'limits':["
            + item
            + "]}}";
    put(
        new ObjectKey(SetNames.RANGES, "default", "limits"),
        Json.object(text.replace('\'', '"').getBytes(UTF_8)));
  }

  private void put(ObjectKey key, ObjectNode tree) {
    Operation put = new Operation.Put(key, new ApiObject(tree).draft(), Condition.ANY);
    store.commit(Transaction.of(put)).toCompletableFuture().join();
  }

  private int count(String resource) {
    return store
        .read(Freshness.LINEARIZABLE, view -> view.list(new ResourceName(resource), "default"))
        .toCompletableFuture()
        .join()
        .size();
  }
}
