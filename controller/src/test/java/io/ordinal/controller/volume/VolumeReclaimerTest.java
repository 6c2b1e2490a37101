package io.ordinal.controller.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.event.EventNote;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.id.NodeName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VolumeReclaimerTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final NodeName ALPHA = new NodeName("alpha");
  private static final ObjectKey VOLUME = VolumeWorld.volumeKey("pvc-1");
  private static final ObjectKey LOCAL = new ObjectKey(VolumeWorld.CLASSES, "", "local");

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<EventNote> events = new CopyOnWriteArrayList<>();
  private final VolumeSettings settings =
      VolumeSettings.from(
          ConfigFactory.parseString("reclaim = 10ms, remind = 50ms")
              .withFallback(ConfigFactory.load().getConfig("ordinal.volumes")));
  private ActorRef<VolumeReclaimer.Command> reclaimer = spawn();

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @AfterEach
  void stop() {
    KIT.stop(reclaimer);
  }

  @Test
  void every_command_has_a_handler() {
    List<String> handlers =
        Arrays.stream(VolumeReclaimer.class.getDeclaredMethods()).map(it -> it.getName()).toList();
    for (Class<?> command : VolumeReclaimer.Command.class.getPermittedSubclasses()) {
      assertThat(handlers).contains("on" + command.getSimpleName());
    }
  }

  @Test
  void a_volume_stays_released_until_its_node_has_removed_the_directory() {
    put("Delete");
    await().until(() -> asked.contains("alpha pvc-1"));
    assertThat(phase()).isEqualTo("Released");
    reclaimer.tell(new VolumeReclaimer.Answered(ALPHA, "pvc-1", Optional.empty()));
    await().until(() -> stored(VOLUME).isEmpty());
  }

  @Test
  void a_node_that_does_not_answer_is_asked_again_and_people_are_told() {
    put("Delete");
    await().until(() -> asked.size() >= 3);
    assertThat(phase()).isEqualTo("Released");
    assertThat(events)
        .isNotEmpty()
        .allSatisfy(note -> assertThat(note.reason()).isEqualTo("VolumeFailedDelete"));
  }

  @Test
  void why_a_node_cannot_is_told_too() {
    put("Delete");
    await().until(() -> !asked.isEmpty());
    reclaimer.tell(new VolumeReclaimer.Answered(ALPHA, "pvc-1", Optional.of("in use")));
    await().until(() -> events.stream().anyMatch(note -> note.message().endsWith("in use")));
    assertThat(phase()).isEqualTo("Released");
  }

  @Test
  void a_retained_volume_is_released_and_no_node_hears_of_it() {
    put("Retain");
    await().until(() -> phase().equals("Released"));
    reclaimer.tell(new VolumeReclaimer.Answered(ALPHA, "pvc-1", Optional.empty()));
    put("pvc-2", "Delete"); // A later one is dealt with.
    await().until(() -> asked.contains("alpha pvc-2"));
    assertThat(asked).doesNotContain("alpha pvc-1");
    assertThat(stored(VOLUME)).isPresent();
  }

  @Test
  void a_default_class_that_was_deleted_is_not_made_again() {
    await().until(() -> stored(LOCAL).isPresent());
    KIT.stop(reclaimer);
    store.commit(Transaction.of(new Operation.Delete(LOCAL, Condition.ANY)));
    int before = store.committed().size();
    reclaimer = spawn();
    put("Delete");
    await().until(() -> !asked.isEmpty());
    assertThat(stored(LOCAL)).isEmpty();
    assertThat(store.committed().size()).isGreaterThan(before);
  }

  private ActorRef<VolumeReclaimer.Command> spawn() {
    VolumePorts ports =
        new VolumePorts(
            store,
            (node, volume, path) ->
                asked.add(
                    (node.map(NodeName::value).orElse("any") + " " + volume + " " + path).trim()),
            events::add,
            () -> Instant.EPOCH,
            () -> new UUID(0, 1));
    return KIT.spawn(VolumeReclaimer.create(ports, settings));
  }

  private void put(String policy) {
    put("pvc-1", policy);
  }

  private void put(String name, String policy) {
    String json =
        """
        {"metadata":{"name":"%s","uid":"v1","finalizers":["kubernetes.io/pv-protection"],
         "annotations":{"pv.kubernetes.io/provisioned-by":"ordinal.io/local"}},
         "spec":{"persistentVolumeReclaimPolicy":"%s",
         "claimRef":{"namespace":"n","name":"c","uid":"u1"},
         "nodeAffinity":{"required":{"nodeSelectorTerms":[{"matchExpressions":[
         {"key":"kubernetes.io/hostname","operator":"In","values":["alpha"]}]}]}}},
         "status":{"phase":"Bound"}}
        """
            .formatted(name, policy);
    ApiObject volume = new ApiObject(Json.object(json.getBytes(StandardCharsets.UTF_8)));
    store.commit(
        Transaction.of(
            new Operation.Put(VolumeWorld.volumeKey(name), volume.draft(), Condition.ABSENT)));
  }

  private String phase() {
    return stored(VOLUME).map(volume -> volume.status().path("phase").asString()).orElse("gone");
  }

  private Optional<ApiObject> stored(ObjectKey key) {
    return store
        .read(Freshness.LOCAL, view -> view.get(key).map((StoredObject it) -> ApiObject.of(it)))
        .toCompletableFuture()
        .join();
  }
}
