package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.ObjectStoreContractTest;
import io.ordinal.protocol.id.Revision;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class RaftObjectStoreTest extends ObjectStoreContractTest {
  @TempDir Path directory;

  private RaftObjectStore store;

  @BeforeEach
  void start() {
    store = RaftObjectStore.start(TestSettings.with(""), directory);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected void purgeFeed(Revision upTo) {
    store.purgeFeed(upTo).toCompletableFuture().join();
  }
}
