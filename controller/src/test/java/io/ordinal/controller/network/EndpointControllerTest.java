package io.ordinal.controller.network;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.setting.Section;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.ForwardingStore;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.upkeep.UpkeepSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndpointControllerTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private final ActorTestKit kit = ActorTestKit.create();
  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final EndpointSettings settings =
      new EndpointSettings(
          new UpkeepSettings(
              new Section("here"),
              Duration.ofMinutes(10),
              Duration.ofMillis(10),
              Duration.ofMillis(20),
              4),
          100,
          2);

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void the_pods_of_a_service_stand_in_both_kinds() {
    begin();
    service("{'clusterIP':'None','selector':{'app':'web'},'ports':[{'port':80}]}");
    pod("web-0", "10.0.0.1", true);
    pod("web-1", "10.0.0.2", false);
    await().untilAsserted(() -> assertThat(slice().tree().path("endpoints")).hasSize(2));
    assertThat(slice().labels())
        .containsEntry("kubernetes.io/service-name", "web")
        .containsEntry("service.kubernetes.io/headless", "");
    assertThat(slice().tree().at("/endpoints/0").toString())
        .isEqualTo(
            "{\"addresses\":[\"10.0.0.1\"],\"conditions\":{\"ready\":true,\"serving\":true,"
                + "\"terminating\":false},\"hostname\":\"web-0\",\"targetRef\":{\"kind\":\"Pod\","
                + "\"namespace\":\"default\",\"name\":\"web-0\",\"uid\":\"uid-web-0\"},"
                + "\"nodeName\":\"n1\"}");
    assertThat(slice().tree().path("ports").toString())
        .isEqualTo("[{\"name\":\"\",\"port\":80,\"protocol\":\"TCP\"}]");
    await()
        .untilAsserted(
            () -> {
              assertThat(endpoints().at("/subsets/0/addresses/0/ip").asString())
                  .isEqualTo("10.0.0.1");
              assertThat(endpoints().at("/subsets/0/notReadyAddresses/0/hostname").asString())
                  .isEqualTo("web-1");
            });
    pod("web-1", "10.0.0.2", true);
    await().untilAsserted(() -> assertThat(endpoints().at("/subsets/0/addresses")).hasSize(2));
    long generation = slice().generation();
    delete("pods", "web-0");
    await().untilAsserted(() -> assertThat(slice().tree().path("endpoints")).hasSize(1));
    assertThat(slice().generation()).isEqualTo(generation + 1);
  }

  @Test
  void what_somebody_else_changes_or_removes_is_put_right() {
    begin();
    service("{'selector':{'app':'web'},'ports':[{'port':80}]}");
    pod("web-0", "10.0.0.1", true);
    await().untilAsserted(() -> assertThat(slice().tree().path("endpoints")).hasSize(1));
    ApiObject before = slice();
    delete("endpointslices.discovery.k8s.io", before.name());
    delete("endpoints", "web");
    await()
        .untilAsserted(
            () -> {
              assertThat(slice().tree().path("endpoints")).hasSize(1);
              assertThat(slice().uid()).isNotEqualTo(before.uid());
              assertThat(endpoints().at("/subsets/0/addresses")).hasSize(1);
            });
  }

  @Test
  void nothing_is_made_for_a_service_that_selects_nothing() {
    begin();
    service("{'ports':[{'port':80}]}");
    put(
        "services",
        "{'metadata':{'name':'other','namespace':'default','uid':'o'},"
            + "'spec':{'selector':{'app':'x'},'ports':[{'port':80}]}}");
    await().untilAsserted(() -> assertThat(find("endpoints", "other")).isPresent());
    assertThat(find("endpoints", "web")).isEmpty();
  }

  @Test
  void more_addresses_than_an_object_may_have_are_left_out_and_that_is_said() {
    service("{'selector':{'app':'web'},'ports':[{'port':80}]}");
    for (int i = 0; i < 3; i++) pod("web-" + i, "10.0.0." + i, true);
    begin();
    await().untilAsserted(() -> assertThat(find("endpoints", "web")).isPresent());
    assertThat(endpoints().at("/subsets/0/addresses")).hasSize(2);
    assertThat(new ApiObject(endpoints()).annotations())
        .containsEntry("endpoints.kubernetes.io/over-capacity", "truncated");
  }

  @Test
  void what_is_right_is_not_written_again_and_a_store_that_fails_is_asked_again() {
    store.failReads(new StoreUnavailable("down", null));
    begin();
    service("{'selector':{'app':'web'},'ports':[{'port':80}]}");
    store.recover();
    pod("web-0", "10.0.0.1", true);
    await().untilAsserted(() -> assertThat(endpoints().at("/subsets/0/addresses")).hasSize(1));
    await().untilAsserted(() -> assertThat(slice().tree().path("endpoints")).hasSize(1));
    int before = store.committed().size();
    kit.spawn(
        EndpointController.create(
            store, new EndpointController.Origins(() -> NOW, () -> "another"), settings));
    pod("web-1", "10.0.0.2", true);
    await().untilAsserted(() -> assertThat(endpoints().at("/subsets/0/addresses")).hasSize(2));
    await().untilAsserted(() -> assertThat(slice().tree().path("endpoints")).hasSize(2));
    assertThat(store.committed()).hasSize(before + 3);
  }

  @Test
  void many_services_at_once_are_written_some_at_a_time() {
    for (int i = 0; i < 30; i++) {
      put(
          "services",
          ("{'metadata':{'name':'s%d','namespace':'default','uid':'s%d'},"
                  + "'spec':{'selector':{'app':'x'},'ports':[{'port':80}]}}")
              .formatted(i, i));
    }
    SlowStore slow = new SlowStore(store);
    kit.spawn(
        EndpointController.create(
            slow,
            new EndpointController.Origins(() -> NOW, () -> java.util.UUID.randomUUID().toString()),
            settings));
    await()
        .untilAsserted(
            () -> {
              for (int i = 0; i < 30; i++) assertThat(find("endpoints", "s" + i)).isPresent();
            });
    assertThat(slow.most.get()).isBetween(2, 4);
  }

  /** Notes how many writes are under way at the same time. */
  private static final class SlowStore extends ForwardingStore {
    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    SlowStore(InMemoryObjectStore store) {
      super(store);
    }

    @Override
    public CompletionStage<Outcome> commit(Transaction transaction) {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      return CompletableFuture.supplyAsync(
              () -> store().commit(transaction).toCompletableFuture().join(),
              CompletableFuture.delayedExecutor(2, TimeUnit.MILLISECONDS))
          .whenComplete((done, failure) -> now.decrementAndGet());
    }
  }

  @Test
  void the_settings_of_the_reference_are_sound() {
    assertThat(EndpointSettings.from(ConfigFactory.load()).perSlice()).isEqualTo(100);
  }

  private void begin() {
    kit.spawn(
        EndpointController.create(
            store,
            new EndpointController.Origins(() -> NOW, () -> java.util.UUID.randomUUID().toString()),
            settings));
  }

  private ApiObject slice() {
    return store
        .read(
            Freshness.LOCAL,
            view -> view.list(ResourceName.of("discovery.k8s.io", "endpointslices"), "default"))
        .thenApply(all -> all.isEmpty() ? new ApiObject(Json.object()) : ApiObject.of(all.get(0)))
        .toCompletableFuture()
        .join();
  }

  private tools.jackson.databind.node.ObjectNode endpoints() {
    return find("endpoints", "web").map(ApiObject::tree).orElseGet(Json::object);
  }

  private Optional<ApiObject> find(String resource, String name) {
    ObjectKey key = new ObjectKey(new ResourceName(resource), "default", name);
    return store
        .read(Freshness.LOCAL, view -> view.get(key).map(ApiObject::of))
        .toCompletableFuture()
        .join();
  }

  private void service(String spec) {
    put(
        "services",
        "{'metadata':{'name':'web','namespace':'default','uid':'s'},'spec':" + spec + "}");
  }

  private void pod(String name, String address, boolean ready) {
    put(
        "pods",
        ("{'metadata':{'name':'%s','namespace':'default','uid':'uid-%s','labels':{'app':'web'}},"
                + "'spec':{'nodeName':'n1','hostname':'%s','subdomain':'web'},'status':{"
                + "'podIP':'%s','conditions':[{'type':'Ready','status':'%s'}]}}")
            .formatted(name, name, name, address, ready ? "True" : "False"));
  }

  private void delete(String resource, String name) {
    ObjectKey key = new ObjectKey(new ResourceName(resource), "default", name);
    commit(new Operation.Delete(key, Condition.PRESENT));
  }

  private void put(String resource, String json) {
    ApiObject object = new ApiObject(Json.object(json.replace('\'', '"').getBytes(UTF_8)));
    ObjectKey key = new ObjectKey(new ResourceName(resource), object.namespace(), object.name());
    commit(new Operation.Put(key, object.draft(), Condition.ANY));
  }

  private void commit(Operation operation) {
    store.commit(Transaction.of(operation)).toCompletableFuture().join();
  }
}
