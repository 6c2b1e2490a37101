package io.ordinal.controller.event;

import static io.ordinal.controller.event.EventFixtures.NOW;
import static io.ordinal.controller.event.EventFixtures.about;
import static io.ordinal.controller.event.EventFixtures.settings;
import static io.ordinal.controller.event.EventFixtures.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.StoreOverloaded;
import java.util.Arrays;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class EventWriterTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private final InMemoryObjectStore store = new InMemoryObjectStore();

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @Test
  void every_command_has_a_handler() {
    for (Class<?> actor : List.of(EventWriter.class, EventExpiry.class)) {
      List<String> handlers =
          Arrays.stream(actor.getDeclaredMethods()).map(each -> each.getName()).toList();
      Class<?> commands =
          Arrays.stream(actor.getDeclaredClasses())
              .filter(each -> each.getSimpleName().equals("Command"))
              .findFirst()
              .orElseThrow();
      for (Class<?> command : commands.getPermittedSubclasses()) {
        assertThat(handlers).contains("on" + command.getSimpleName());
      }
    }
  }

  @Test
  void news_becomes_an_event_as_kubernetes_prints_it() {
    writing("flush = 10ms").record(about("web-0", "Back-off restarting"));

    await().until(() -> stored(store).size() == 1);
    ApiObject event = stored(store).get(0);
    assertThat(event.kind()).isEqualTo("Event");
    assertThat(event.namespace()).isEqualTo("shop");
    assertThat(event.name()).matches("web-0\\.[0-9a-f]{16}");
    assertThat(event.uid()).isNotEmpty();
    assertThat(event.tree().path("involvedObject").toString())
        .isEqualTo(
            "{\"kind\":\"Pod\",\"namespace\":\"shop\",\"name\":\"web-0\",\"uid\":\"uid-web-0\","
                + "\"apiVersion\":\"v1\",\"fieldPath\":\"spec.containers{db}\"}");
    assertThat(event.tree().path("source").toString())
        .isEqualTo("{\"component\":\"ordinal-agent\",\"host\":\"alpha\"}");
    assertThat(event.tree().path("type").asString("")).isEqualTo("Warning");
    assertThat(event.tree().path("count").asInt(0)).isEqualTo(1);
    assertThat(event.tree().path("lastTimestamp").asString("")).isEqualTo("2026-11-20T10:00:00Z");
  }

  @Test
  void repeats_within_a_batch_are_one_write_of_one_event() {
    StoreEvents events = new StoreEvents(settings(""));
    for (int i = 0; i < 7; i++) events.record(about("web-0", "again"));
    spawnWriter(events, settings("flush = 10ms"));

    await().until(() -> stored(store).size() == 1);
    assertThat(stored(store).get(0).tree().path("count").asInt(0)).isEqualTo(7);
    assertThat(store.committed())
        .singleElement()
        .satisfies(t -> assertThat(t.operations()).hasSize(1));
  }

  @Test
  void events_about_objects_of_the_whole_cluster_stand_in_default() {
    EventNote.About node = new EventNote.About("v1", "Node", "", "alpha", "alpha", "");
    writing("flush = 10ms").record(new EventNote(node, false, "Ready", "is ready", "test", ""));
    await().until(() -> stored(store).size() == 1);
    assertThat(stored(store).get(0).namespace()).isEqualTo("default");
    assertThat(stored(store).get(0).tree().path("involvedObject").has("namespace")).isFalse();
  }

  @Test
  void what_does_not_fit_into_the_queue_is_dropped_and_counted() {
    StoreEvents events = new StoreEvents(settings("queue = 2, batch = 2"));
    for (int i = 0; i < 5; i++) events.record(about("web-" + i, "news"));
    assertThat(events.dropped()).isEqualTo(3);
  }

  @Test
  void what_an_overloaded_store_refuses_is_dropped_and_the_next_is_written() {
    StoreEvents events = writing("flush = 10ms");
    store.failNext(new StoreOverloaded("full"));
    events.record(about("web-0", "lost"));
    await().until(() -> events.dropped() == 1);

    events.record(about("web-1", "kept"));

    await().until(() -> stored(store).size() == 1);
    assertThat(stored(store).get(0).name()).startsWith("web-1.");
  }

  private StoreEvents writing(String overrides) {
    StoreEvents events = new StoreEvents(settings(overrides));
    spawnWriter(events, settings(overrides));
    return events;
  }

  private void spawnWriter(StoreEvents events, EventSettings settings) {
    KIT.spawn(EventWriter.create(events, store, () -> NOW, settings));
  }
}
