package io.ordinal.controller.api.watch;

import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.ResourceName;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorSystem;

/** The hubs of all resources, woken by the store's hints and by a slow timer. */
public final class WatchHubs implements AutoCloseable {
  private final ObjectStore store;
  private final WatchSettings settings;
  private final Map<ResourceName, WatchHub> hubs = new ConcurrentHashMap<>();
  private final Queue<AutoCloseable> hints = new ConcurrentLinkedQueue<>();
  private final Cancellable timer;

  public WatchHubs(ObjectStore store, WatchSettings settings, ActorSystem<?> system) {
    this.store = store;
    this.settings = settings;
    this.timer =
        system
            .scheduler()
            .scheduleWithFixedDelay(
                settings.resync(),
                settings.resync(),
                () -> hubs.values().forEach(WatchHub::look),
                system.executionContext());
  }

  WatchHub of(ResourceName resource) {
    return hubs.computeIfAbsent(resource, this::hub);
  }

  private WatchHub hub(ResourceName resource) {
    WatchHub hub = new WatchHub(store, resource, settings);
    hints.add(store.onChange(Set.of(resource), hub::signal));
    return hub;
  }

  /** How many watches are open. */
  public int open() {
    return hubs.values().stream().mapToInt(WatchHub::size).sum();
  }

  /** Ends all watches cleanly: their clients watch again, elsewhere. */
  @Override
  public void close() {
    timer.cancel();
    hubs.values().forEach(WatchHub::endAll);
    try {
      for (AutoCloseable each : hints) each.close();
    } catch (Exception failed) {
      throw new IllegalStateException("the store's hints could not be cancelled", failed);
    }
  }
}
