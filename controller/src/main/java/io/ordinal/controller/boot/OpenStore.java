package io.ordinal.controller.boot;

import com.typesafe.config.Config;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Restored;
import io.ordinal.controller.store.StoreGroup;
import io.ordinal.controller.store.StoreTls;
import io.ordinal.controller.store.raft.BackupManifest;
import io.ordinal.controller.store.raft.Backups;
import io.ordinal.controller.store.raft.RaftObjectStore;
import io.ordinal.controller.store.raft.StoreSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
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
    return new OpenStore(RaftObjectStore.begin(settings(config), directory, tls));
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

  /**
   * Whether this directory is a store's, or prepared by {@link #joining} to be one's.
   *
   * @throws RuntimeException when that cannot be told, as on a disk that fails
   */
  public static boolean isIn(Path directory) {
    return RaftObjectStore.isIn(directory);
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

  /** The same store, whose reads hold up nobody else's. */
  ObjectStore forClients() {
    return store.forClients();
  }

  /**
   * Writes a backup, which holds everything acknowledged before this call; where the group has no
   * majority, all that this member has on its disk. The stream stays open; it is written to by a
   * thread of the store.
   */
  public CompletionStage<BackupManifest> backup(OutputStream out) {
    return store.backup(out, InstantSource.system().instant());
  }

  /**
   * Writes a backup of a member that does not run, from its directory alone, with everything that
   * is on its disk.
   *
   * @throws IOException when there is no store, a process has it open, or its files are damaged
   */
  public static BackupManifest backup(Config config, Path directory, OutputStream out)
      throws IOException {
    return Backups.ofDirectory(settings(config), directory, out);
  }

  /**
   * Makes a store of a backup in a directory that holds none: the founder of a new group, whose
   * revisions are all higher than any of the former group. {@link Restored#in} tells of it.
   *
   * @param gap by how much the revision is raised; empty: by more than can have been written since
   *     the backup
   * @throws IOException when the backup is damaged, there is a store already, or what was written
   *     since the backup cannot be bounded
   */
  public static Restored restore(
      Config config, InputStream backup, Path directory, OptionalLong gap) throws IOException {
    return Backups.restore(settings(config), backup, directory, InstantSource.system(), gap);
  }

  static StoreSettings settings(Config config) {
    return StoreSettings.from(config.getConfig("ordinal.store"));
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
