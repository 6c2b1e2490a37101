package io.ordinal.controller.boot;

import com.typesafe.config.Config;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.raft.RaftObjectStore;
import io.ordinal.controller.store.raft.StoreSettings;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;

/** This member's copy of the store, open. It outlives the actor system. */
public final class OpenStore implements AutoCloseable {
  private final RaftObjectStore store;

  private OpenStore(RaftObjectStore store) {
    this.store = store;
  }

  /**
   * Opens the store below this directory, which is made if absent; blocks until it can answer.
   *
   * @throws RuntimeException when the files are damaged, the address is taken, or another process
   *     has them open
   */
  public static OpenStore open(Config config, Path directory) {
    return new OpenStore(
        RaftObjectStore.start(StoreSettings.from(config.getConfig("ordinal.store")), directory));
  }

  public ObjectStore store() {
    return store;
  }

  /**
   * Completes when the store gave up for a reason that it cannot mend, such as a disk that fails.
   */
  public CompletionStage<Throwable> failed() {
    return store.failed();
  }

  @Override
  public void close() {
    store.close();
  }
}
