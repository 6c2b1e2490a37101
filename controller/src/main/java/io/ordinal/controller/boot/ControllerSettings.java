package io.ordinal.controller.boot;

import com.typesafe.config.Config;
import io.ordinal.controller.api.ApiSettings;
import io.ordinal.controller.cluster.ClusterSettings;
import io.ordinal.controller.cluster.StoreCopyCheck;
import io.ordinal.controller.disruption.DisruptionSettings;
import io.ordinal.controller.drill.DrillSettings;
import io.ordinal.controller.event.EventSettings;
import io.ordinal.controller.garbage.GarbageSettings;
import io.ordinal.controller.network.AddressPool;
import io.ordinal.controller.node.NodeSettings;
import io.ordinal.controller.replica.ReplicaSettings;
import io.ordinal.controller.set.SetSettings;
import io.ordinal.controller.volume.VolumeSettings;

/** Every setting of a controller, read before anything is opened. */
public final class ControllerSettings {
  private ControllerSettings() {}

  /**
   * Opens nothing.
   *
   * @param config the whole configuration
   * @throws RuntimeException when one is wrong; the message tells what was expected
   */
  public static void check(Config config) {
    OpenStore.settings(config);
    ApiSettings.from(config.getConfig("ordinal.api")).server(config);
    ClusterSettings.of(config.getConfig("ordinal.cluster"));
    StoreCopyCheck.most(config);
    NodeSettings.of(config.getConfig("ordinal.nodes"));
    ReplicaSettings.from(config.getConfig("ordinal.replica"));
    SetSettings.from(config);
    GarbageSettings.from(config);
    DisruptionSettings.from(config);
    DrillSettings.from(config);
    EventSettings.of(config.getConfig("ordinal.events"));
    VolumeSettings.from(config.getConfig("ordinal.volumes"));
    AddressPool.parse(config.getString("ordinal.network.pods"));
    durableState(config.getConfig("ordinal.persistence.durable-state"));
  }

  /** The plugin and Pekko read these when the first replica begins. */
  private static void durableState(Config config) {
    config.getString("class");
    config.getInt("attempts");
    config.getDuration("recovery-timeout");
  }
}
