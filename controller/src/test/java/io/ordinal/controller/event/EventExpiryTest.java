package io.ordinal.controller.event;

import static io.ordinal.controller.event.EventFixtures.NOW;
import static io.ordinal.controller.event.EventFixtures.about;
import static io.ordinal.controller.event.EventFixtures.settings;
import static io.ordinal.controller.event.EventFixtures.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.event.EventFolding.Folded;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class EventExpiryTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private final InMemoryObjectStore store = new InMemoryObjectStore();

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  @Test
  void old_events_go_in_bounded_batches_and_recent_ones_stay() {
    Instant old = NOW.minus(Duration.ofMinutes(61));
    for (int i = 0; i < 7; i++) put("old-" + i, old);
    put("recent", NOW.minus(Duration.ofMinutes(59)));
    int before = store.committed().size();

    KIT.spawn(EventExpiry.create(store, () -> NOW, settings("expiry = 10ms, expiry-batch = 3")));

    await().until(() -> stored(store).size() == 1);
    assertThat(stored(store)).extracting(ApiObject::name).containsExactly("recent");
    assertThat(store.committed().subList(before, before + 3))
        .extracting(each -> each.operations().size())
        .containsExactly(3, 3, 1);
  }

  /** Of the newer group: its first time stands in eventTime, later ones in its series. */
  @Test
  void an_event_that_goes_on_stays() {
    put("gone", NOW.minus(Duration.ofMinutes(61)));
    Instant first = NOW.minus(Duration.ofHours(3));
    Folded event = new Folded("goes-on", about("goes-on", "news"), first, first, 1);
    ObjectNode tree = EventDocument.of(event).copy();
    tree.remove("lastTimestamp");
    tree.put("eventTime", first.toString());
    tree.putObject("series").put("count", 9).put("lastObservedTime", NOW.toString());
    store.commit(
        Transaction.of(
            new Operation.Put(
                EventDocument.key(event), new ApiObject(tree).draft(), Condition.ABSENT)));

    KIT.spawn(EventExpiry.create(store, () -> NOW, settings("expiry = 10ms")));

    await().until(() -> stored(store).size() == 1);
    assertThat(stored(store)).extracting(ApiObject::name).containsExactly("goes-on");
  }

  private void put(String name, Instant last) {
    Folded event = new Folded(name, about(name, "news"), last, last, 1);
    store.commit(
        Transaction.of(
            new Operation.Put(
                EventDocument.key(event), EventDocument.of(event).draft(), Condition.ABSENT)));
  }
}
