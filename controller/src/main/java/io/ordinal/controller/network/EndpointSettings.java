package io.ordinal.controller.network;

import com.typesafe.config.Config;
import java.time.Duration;

/** The part {@code ordinal.endpoints} of the settings. */
public record EndpointSettings(
    Duration resync,
    Duration pause,
    Duration retry,
    int perSlice,
    int perObject,
    int writesAtOnce) {
  public EndpointSettings {
    if (resync.isZero() || pause.isZero() || retry.isZero()) {
      throw new IllegalArgumentException(
          "ordinal.endpoints.resync (%s), pause (%s) and retry (%s) must be positive"
              .formatted(resync, pause, retry));
    }
    if (perSlice < 1 || perSlice > 1000 || perObject < 1) {
      throw new IllegalArgumentException(
          "ordinal.endpoints.per-slice (%d) must be from 1 to 1000, per-object (%d) positive"
              .formatted(perSlice, perObject));
    }
    if (writesAtOnce < 1) {
      throw new IllegalArgumentException(
          "ordinal.endpoints.writes-at-once counts from 1, got " + writesAtOnce);
    }
  }

  /**
   * @param config the whole configuration
   */
  public static EndpointSettings from(Config config) {
    Config endpoints = config.getConfig("ordinal.endpoints");
    return new EndpointSettings(
        endpoints.getDuration("resync"),
        endpoints.getDuration("pause"),
        endpoints.getDuration("retry"),
        endpoints.getInt("per-slice"),
        endpoints.getInt("per-object"),
        endpoints.getInt("writes-at-once"));
  }
}
