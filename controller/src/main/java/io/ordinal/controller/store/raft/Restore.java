package io.ordinal.controller.store.raft;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.Restored;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.rocks.LogEntry;
import io.ordinal.controller.store.rocks.Origin;
import io.ordinal.controller.store.rocks.Position;
import io.ordinal.controller.store.rocks.RocksSettings;
import io.ordinal.controller.store.rocks.RocksState;
import io.ordinal.protocol.id.Revision;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/**
 * Makes a store of a backup: the founder of a new group. Members of the former group cannot speak
 * with it; they begin with empty directories and join.
 */
final class Restore {
  private final Path directory;
  private final RocksSettings settings;
  private final Supplier<UUID> fresh;

  Restore(Path directory, RocksSettings settings, Supplier<UUID> fresh) {
    this.directory = directory;
    this.settings = settings;
    this.fresh = fresh;
  }

  /**
   * Reads a backup into the directory, which must not hold a store.
   *
   * @throws IOException when the backup is damaged, or the revision cannot be raised far enough
   */
  Restored from(InputStream backup, RevisionGap gap) throws IOException {
    if (Files.exists(directory.resolve("identity")))
      throw new IOException("there is a store in " + directory + " already: move it away");
    Files.createDirectories(directory);
    try (DirectoryLock lock = DirectoryLock.of(directory)) {
      Path unfinished = directory.resolve("state.unfinished");
      CheckpointStorage.delete(unfinished);
      Files.createDirectories(unfinished);
      BackupManifest manifest = whole(backup, unfinished);
      StoreIdentity identity =
          new StoreIdentity(fresh.get(), fresh.get(), StoreIdentity.Stage.FOUNDING);
      Restored restored = gap.after(manifest, identity.group());
      begin(unfinished, manifest, restored);
      Path live = directory.resolve("state");
      CheckpointStorage.delete(live);
      Files.move(unfinished, live, StandardCopyOption.ATOMIC_MOVE);
      StoreIdentity.write(directory, identity); // Last: from here on there is a store.
      return restored;
    }
  }

  /** What a damaged archive makes of itself says nothing to whoever restores. */
  private static BackupManifest whole(InputStream backup, Path place) throws IOException {
    try {
      return unpack(backup, place);
    } catch (ZipException | EOFException | IllegalArgumentException damaged) {
      throw new IOException("this is not a whole backup: it was cut short or damaged");
    }
  }

  private static BackupManifest unpack(InputStream backup, Path place) throws IOException {
    ZipInputStream zip = new ZipInputStream(backup);
    ZipEntry first = zip.getNextEntry();
    if (first == null || !first.getName().equals(Backup.MANIFEST))
      throw new IOException(
          "this is not a whole backup of a store: it does not begin with a manifest");
    BackupManifest manifest;
    try {
      manifest = BackupManifest.decode(new String(zip.readAllBytes(), UTF_8));
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
    for (BackupManifest.Part part : manifest.files()) {
      ZipEntry next = zip.getNextEntry();
      if (next == null || !next.getName().equals(part.name()))
        throw new IOException(
            "this is not a whole backup: it was cut short or damaged, "
                + part.name()
                + " is missing");
      unpack(zip, part, place);
    }
    return manifest;
  }

  private static void unpack(InputStream from, BackupManifest.Part part, Path place)
      throws IOException {
    MessageDigest digest = Backup.sha256();
    Path file = place.resolve(part.name());
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
      from.transferTo(out);
    }
    StoreIdentity.force(file);
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(part.sha256()))
      throw new IOException(
          "this is not a whole backup, it was damaged: "
              + part.name()
              + " has the digest "
              + found
              + ", not "
              + part.sha256());
  }

  private void begin(Path place, BackupManifest manifest, Restored restored) throws IOException {
    try (RocksState state = RocksState.open(place, settings)) {
      RocksState.Digest found = state.digest();
      if (!found.sha256().equals(manifest.sha256()))
        throw new IOException(
            "the backup is damaged: its state has the digest "
                + found.sha256()
                + ", not "
                + manifest.sha256());
      Position next = new Position(state.position().term(), state.position().index() + 1);
      Operation note =
          new Operation.PutRecord(Restored.KEY, restored.encode(), RecordCondition.ANY);
      state.apply(
          next, new Origin(restored.group(), 1), new LogEntry.Batch(List.of(Transaction.of(note))));
      // The first term of the new group, so that its log goes on from here.
      state.beginAnew(new Position(1, next.index()), new Revision(restored.revision()));
    }
  }
}
