package io.ordinal.controller.disruption;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.setting.Section;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.upkeep.UpkeepSettings;
import java.time.Duration;
import java.time.Instant;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class DisruptionControllerTest {
  private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
  private final ActorTestKit kit = ActorTestKit.create();
  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final DisruptionSettings settings =
      new DisruptionSettings(
          new UpkeepSettings(
              new Section("here"),
              Duration.ofMinutes(10),
              Duration.ofMillis(10),
              Duration.ofMillis(20),
              4),
          Duration.ofMinutes(2),
          Duration.ofMinutes(5));

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void a_status_follows_the_pods() {
    begin();
    put(
        DisruptionNames.SETS,
        "web",
        "{'metadata':{'name':'web','namespace':'default','uid':'set'},'spec':{'replicas':2}}");
    budget("{'maxUnavailable':1,'selector':{'matchLabels':{'app':'web'}}}");
    pod("web-0", true);
    pod("web-1", true);
    await().untilAsserted(() -> assertThat(allowed()).isEqualTo(1));
    JsonNode status = status();
    assertThat(status.path("expectedPods").asInt()).isEqualTo(2);
    assertThat(status.path("desiredHealthy").asInt()).isEqualTo(1);
    assertThat(status.at("/conditions/0/reason").asString()).isEqualTo("SufficientPods");
    pod("web-1", false);
    await().untilAsserted(() -> assertThat(allowed()).isZero());
    assertThat(status().at("/conditions/0/reason").asString()).isEqualTo("InsufficientPods");
  }

  @Test
  void a_store_that_fails_is_asked_again() {
    store.failReads(new StoreUnavailable("down", null));
    begin();
    budget("{'minAvailable':0,'selector':{}}");
    store.recover();
    pod("bare", true);
    await().untilAsserted(() -> assertThat(allowed()).isEqualTo(1));
  }

  @Test
  void a_status_that_is_right_is_not_written_again() {
    budget("{'minAvailable':1,'selector':{}}");
    pod("bare", true);
    begin();
    await().untilAsserted(() -> assertThat(status().path("currentHealthy").asInt()).isOne());
    int before = store.committed().size();
    put(DisruptionNames.PODS, "other", "{'metadata':{'name':'other','namespace':'elsewhere'}}");
    pod("bare", true);
    pod("second", true);
    await().untilAsserted(() -> assertThat(status().path("currentHealthy").asInt()).isEqualTo(2));
    assertThat(store.committed()).hasSize(before + 4);
  }

  @Test
  void the_settings_of_the_reference_are_sound() {
    assertThat(DisruptionSettings.from(ConfigFactory.load()).patience()).isPositive();
  }

  private void begin() {
    kit.spawn(DisruptionController.create(store, () -> NOW, settings));
  }

  private int allowed() {
    return status().path("disruptionsAllowed").asInt(-1);
  }

  private JsonNode status() {
    ObjectKey key = new ObjectKey(DisruptionNames.BUDGETS, "default", "budget");
    return store
        .read(Freshness.LOCAL, view -> ApiObject.of(view.get(key).orElseThrow()).status())
        .toCompletableFuture()
        .join();
  }

  private void budget(String spec) {
    put(
        DisruptionNames.BUDGETS,
        "budget",
        ("{'metadata':{'name':'budget','namespace':'default','generation':1},"
            + "'spec':"
            + spec
            + "}"));
  }

  private void pod(String name, boolean ready) {
    put(
        DisruptionNames.PODS,
        name,
        ("{'metadata':{'name':'%s','namespace':'default','labels':{'app':'web'},"
                + "'ownerReferences':[{'kind':'StatefulSet','name':'web','uid':'set',"
                + "'controller':true}]},'status':{'conditions':[{'type':'Ready','status':'%s'}]}}")
            .formatted(name, ready ? "True" : "False"));
  }

  private void put(ResourceName resource, String name, String json) {
    ApiObject object = new ApiObject(Json.object(json.replace('\'', '"').getBytes(UTF_8)));
    ObjectKey key = new ObjectKey(resource, object.namespace(), name);
    store
        .commit(Transaction.of(new Operation.Put(key, object.draft(), Condition.ANY)))
        .toCompletableFuture()
        .join();
  }
}
