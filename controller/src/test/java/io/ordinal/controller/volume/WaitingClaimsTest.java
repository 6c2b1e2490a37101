package io.ordinal.controller.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.event.EventNote;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WaitingClaimsTest {
  private static final String WAITS =
      "Normal WaitForFirstConsumer waiting for first consumer to be created before binding";
  private static final String LACKS =
      "Warning ProvisioningFailed storageclass.storage.k8s.io \"fast\" not found";
  private final ActorTestKit kit = ActorTestKit.create();
  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final List<EventNote> events = new CopyOnWriteArrayList<>();

  @BeforeEach
  void makeClass() {
    put(
        new ObjectKey(VolumeWorld.CLASSES, "", "local"),
        "'metadata':{'name':'local'},'provisioner':'ordinal.io/local'");
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void a_claim_that_no_pod_uses_says_what_it_waits_for() {
    begin("1h");
    claim("a", "'storageClassName':'local'");
    await().until(() -> told("a").equals(List.of(WAITS)));
    EventNote note = events.get(0);
    assertThat(note.component()).isEqualTo("persistentvolume-controller");
    assertThat(note.about().kind()).isEqualTo("PersistentVolumeClaim");
    assertThat(note.about().uid()).isEqualTo("a");
    assertThat(note.about().namespace()).isEqualTo("n");
  }

  @Test
  void one_whose_class_is_missing_says_so_used_or_not() {
    pod("p", "Pending", "b");
    begin("1h");
    claim("a", "'storageClassName':'fast'");
    await().until(() -> told("a").equals(List.of(LACKS)));
    claim("b", "'storageClassName':'fast'");
    await().until(() -> told("b").equals(List.of(LACKS)));
  }

  @Test
  void those_that_have_a_volume_or_a_pod_or_are_going_say_nothing() {
    pod("p", "Pending", "used");
    pod("q", "Succeeded", "left");
    claim("used", "'storageClassName':'local'");
    claim("bound", "'storageClassName':'local','volumeName':'pv'");
    claim("plain", "'storageClassName':''");
    put(
        VolumeWorld.claimKey("n", "going"),
        "'metadata':{'name':'going','namespace':'n','uid':'going',"
            + "'deletionTimestamp':'2030-01-01T00:00:00Z'},'spec':{'storageClassName':'local'}");
    claim("left", "'storageClassName':'local'");
    begin("1h");
    await().until(() -> told("left").equals(List.of(WAITS)));
    assertThat(events).hasSize(1);
  }

  @Test
  void a_volume_that_would_do_is_as_good_as_a_class() {
    put(
        VolumeWorld.volumeKey("pv"),
        "'metadata':{'name':'pv','uid':'pv'},'spec':{'storageClassName':'fast',"
            + "'capacity':{'storage':'1Gi'}},'status':{'phase':'Available'}");
    begin("1h");
    claim("a", "'storageClassName':'fast'");
    await().until(() -> told("a").equals(List.of(WAITS)));
  }

  @Test
  void it_is_told_again_while_it_lasts() {
    claim("a", "'storageClassName':'local'");
    begin("30ms");
    await().until(() -> told("a").size() >= 3);
    claim("a", "'storageClassName':'local','volumeName':'pv'");
    claim("b", "'storageClassName':'local'");
    await().until(() -> !told("b").isEmpty());
    int before = told("a").size();
    await().until(() -> told("b").size() >= 4);
    assertThat(told("a")).hasSize(before);
  }

  private void begin(String tell) {
    VolumeSettings settings =
        VolumeSettings.from(
            ConfigFactory.parseString("reclaim = 10ms, tell = " + tell)
                .withFallback(ConfigFactory.load().getConfig("ordinal.volumes")));
    kit.spawn(WaitingClaims.create(store, events::add, settings));
  }

  private List<String> told(String claim) {
    return events.stream()
        .filter(each -> each.about().name().equals(claim))
        .map(
            each ->
                (each.warning() ? "Warning " : "Normal ") + each.reason() + " " + each.message())
        .toList();
  }

  private void claim(String name, String spec) {
    put(
        VolumeWorld.claimKey("n", name),
        "'metadata':{'name':'%s','namespace':'n','uid':'%s'},'spec':{%s}"
            .formatted(name, name, spec));
  }

  private void pod(String name, String phase, String claim) {
    put(
        new ObjectKey(new ResourceName("pods"), "n", name),
        ("'metadata':{'name':'%s','namespace':'n'},'status':{'phase':'%s'},'spec':{'volumes':[{"
                + "'persistentVolumeClaim':{'claimName':'%s'}}]}")
            .formatted(name, phase, claim));
  }

  private void put(ObjectKey key, String fields) {
    String json = "{" + fields.replace('\'', '"') + "}";
    ApiObject object = new ApiObject(Json.object(json.getBytes(StandardCharsets.UTF_8)));
    store.commit(Transaction.of(new Operation.Put(key, object.draft(), Condition.ANY)));
  }
}
