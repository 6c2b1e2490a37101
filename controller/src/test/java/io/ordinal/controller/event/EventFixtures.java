package io.ordinal.controller.event;

import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import java.time.Instant;
import java.util.List;

/** News as tests need it. */
final class EventFixtures {
  static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123456789Z");

  private EventFixtures() {}

  /**
   * @param overrides lines of {@code ordinal.events}, as in the file
   */
  static EventSettings settings(String overrides) {
    return EventSettings.of(
        ConfigFactory.parseString(overrides)
            .withFallback(ConfigFactory.defaultReference().getConfig("ordinal.events")));
  }

  static EventNote about(String pod, String message) {
    EventNote.About about =
        new EventNote.About("v1", "Pod", "shop", pod, "uid-" + pod, "spec.containers{db}");
    return new EventNote(about, true, "BackOff", message, "ordinal-agent", "alpha");
  }

  static List<ApiObject> stored(ObjectStore store) {
    return store
        .read(
            Freshness.LINEARIZABLE,
            view -> view.list(EventDocument.EVENTS, "").stream().map(ApiObject::of).toList())
        .toCompletableFuture()
        .join();
  }
}
