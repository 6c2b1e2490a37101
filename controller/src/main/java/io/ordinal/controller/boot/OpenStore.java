package io.ordinal.controller.boot;

import com.typesafe.config.Config;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.StoreGroup;
import io.ordinal.controller.store.StoreTls;
import io.ordinal.controller.store.raft.RaftObjectStore;
import io.ordinal.controller.store.raft.StoreSettings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/** This member's copy of the store, open. It outlives the actor system. */
public final class OpenStore implements AutoCloseable {
  private final RaftObjectStore store;

  private OpenStore(RaftObjectStore store) {
    this.store = store;
  }

  /**
   * Opens the store below this directory, which is made if absent; blocks until it can answer.
   *
   * @throws RuntimeException when the files are damaged, the address is taken, another process has
   *     them open, or no majority of the group answers
   */
  public static OpenStore open(Config config, Path directory) {
    return open(config, directory, Optional.empty());
  }

  /** The same, with proof of who the members are. */
  public static OpenStore open(Config config, Path directory, Optional<StoreTls> tls) {
    OpenStore opened = begin(config, directory, tls);
    opened.store.awaitLeader();
    return opened;
  }

  /**
   * Opens the store without waiting for a leader: of a directory that joins a group, and of a
   * member whose group may have no majority. Local reads are served at once.
   *
   * @throws RuntimeException as in {@link #open}, except for the last reason
   */
  public static OpenStore begin(Config config, Path directory, Optional<StoreTls> tls) {
    StoreSettings settings = StoreSettings.from(config.getConfig("ordinal.store"));
    return new OpenStore(RaftObjectStore.begin(settings, directory, tls));
  }

  /**
   * Prepares a fresh directory for a member that joins a group, and answers with the member's
   * identity; a second time with the same. Then {@link #begin} it, have {@link StoreGroup#add}
   * called on any member, and wait until it is {@link #led}.
   *
   * @throws RuntimeException when the directory belongs to another group
   */
  public static UUID joining(Path directory, UUID group) {
    return RaftObjectStore.joining(directory, group);
  }

  /** Completes when the group has a leader for the first time. */
  public CompletionStage<Done> led() {
    return store.led().thenApply(nothing -> Done.getInstance());
  }

  public StoreGroup group() {
    return store.group();
  }

  /** Host and port of the store's own protocol, as the other members reach it. */
  public String address() {
    return store.address();
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
