package io.ordinal.agent.network;

import com.typesafe.config.Config;
import java.util.Optional;

/** Settings of the addresses of pods, {@code ordinal.agent.network}; see reference.conf. */
public record NetworkSettings(Optional<String> pods, String nodeAddress) {
  private static final String ROOT = "ordinal.agent.network";

  public NetworkSettings {
    pods.ifPresent(AddressRange::parse);
    if (nodeAddress.isBlank()) {
      throw new IllegalArgumentException(ROOT + ".node-address must not be empty");
    }
  }

  /** Reads them from the whole configuration. */
  public static NetworkSettings from(Config config) {
    Config own = config.getConfig(ROOT);
    String pods = own.getString("pods");
    return new NetworkSettings(
        pods.isBlank() ? Optional.empty() : Optional.of(pods), own.getString("node-address"));
  }
}
