package io.ordinal.controller.store.raft;

import com.typesafe.config.ConfigFactory;

/** The settings as shipped, on any free port, with what a test wants otherwise. */
final class TestSettings {
  private TestSettings() {}

  /** Takes lines of the section {@code ordinal.store}. */
  static StoreSettings with(String lines) {
    return StoreSettings.from(
        ConfigFactory.parseString("port = 0\n" + lines)
            .withFallback(
                ConfigFactory.parseResources("reference.conf").getConfig("ordinal.store")));
  }
}
