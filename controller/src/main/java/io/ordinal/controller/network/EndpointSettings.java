package io.ordinal.controller.network;

import com.typesafe.config.Config;
import io.ordinal.controller.upkeep.UpkeepSettings;

/** The part {@code ordinal.endpoints} of the settings. */
public record EndpointSettings(UpkeepSettings upkeep, int perSlice, int perObject) {
  public EndpointSettings {
    if (perSlice < 1 || perSlice > 1000 || perObject < 1) {
      throw new IllegalArgumentException(
          "ordinal.endpoints.per-slice (%d) must be from 1 to 1000, per-object (%d) positive"
              .formatted(perSlice, perObject));
    }
  }

  /**
   * @param config the whole configuration
   */
  public static EndpointSettings from(Config config) {
    Config endpoints = config.getConfig("ordinal.endpoints");
    return new EndpointSettings(
        UpkeepSettings.from("ordinal.endpoints", endpoints),
        endpoints.getInt("per-slice"),
        endpoints.getInt("per-object"));
  }
}
