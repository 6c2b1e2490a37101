package io.ordinal.controller.store.persistence;

import com.typesafe.config.Config;
import io.ordinal.controller.store.DurableShape;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.state.DurableStateStoreProvider;

/** What {@code ordinal.persistence.durable-state} names: made by Pekko once in an actor system. */
public final class ObjectStoreDurableStateProvider implements DurableStateStoreProvider {
  private final ObjectStoreDurableState<Object> java;
  private final ScalaDurableState<Object> scala;

  /** The signature that Pekko looks for. */
  public ObjectStoreDurableStateProvider(
      ExtendedActorSystem system, Config config, String configPath) {
    DurableStateSetup setup =
        system
            .settings()
            .setup()
            .get(DurableStateSetup.class)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        configPath + " needs a DurableStateSetup in the actor system's setup"));
    // The actor that uses the plugin and the shape were made for each other by boot.
    @SuppressWarnings("unchecked")
    DurableShape<Object> shape = (DurableShape<Object>) setup.shape();
    this.java = new ObjectStoreDurableState<>(setup.store(), shape, config.getInt("attempts"));
    this.scala = new ScalaDurableState<>(java);
  }

  @Override
  public ScalaDurableState<Object> scaladslDurableStateStore() {
    return scala;
  }

  @Override
  public ObjectStoreDurableState<Object> javadslDurableStateStore() {
    return java;
  }
}
