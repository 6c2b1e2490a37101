package io.ordinal.agent.network;

import com.typesafe.config.Config;
import java.util.Optional;

/** Settings of the addresses of pods, {@code ordinal.agent.network}; see reference.conf. */
public record NetworkSettings(
    Optional<String> pods, String nodeAddress, Optional<String> podInterface) {
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
    return new NetworkSettings(
        text(own, "pods"), own.getString("node-address"), text(own, "interface"));
  }

  private static Optional<String> text(Config own, String key) {
    return Optional.of(own.getString(key)).filter(value -> !value.isBlank());
  }

  /** Whether this machine does not answer for the address anyway. */
  boolean mustStandOnInterface(String address) {
    return !address.startsWith("127.") && !address.equals(nodeAddress);
  }
}
