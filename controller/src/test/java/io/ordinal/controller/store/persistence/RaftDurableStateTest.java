package io.ordinal.controller.store.persistence;

import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.raft.RaftObjectStore;
import io.ordinal.controller.store.raft.StoreSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class RaftDurableStateTest extends DurableStateContractTest {
  @TempDir Path directory;

  private RaftObjectStore store;

  @Override
  ObjectStore open() {
    StoreSettings settings =
        StoreSettings.from(
            ConfigFactory.parseString("port = 0")
                .withFallback(
                    ConfigFactory.parseResources("reference.conf").getConfig("ordinal.store")));
    store = RaftObjectStore.start(settings, directory);
    return store;
  }

  @AfterEach
  void close() {
    store.close();
  }
}
