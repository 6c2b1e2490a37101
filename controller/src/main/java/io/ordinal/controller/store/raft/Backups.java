package io.ordinal.controller.store.raft;

import io.ordinal.controller.store.Restored;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.UUID;

/** Backups and restores of directories that no process has open. */
public final class Backups {
  private Backups() {}

  /**
   * Writes all that a member has on its disk.
   *
   * @throws IOException when there is no store, it is in use, or its files are damaged
   */
  public static BackupManifest ofDirectory(StoreSettings settings, Path directory, OutputStream out)
      throws IOException {
    return Backup.ofDirectory(directory.toAbsolutePath(), settings.rocks(), out);
  }

  /**
   * Makes the founder of a new group of a backup.
   *
   * @param clock tells when, and how long after the backup
   * @param gap by how much the revision is raised; empty: by more than can have been written since
   * @throws IOException when the backup is damaged, there is a store already, or what was written
   *     since cannot be bounded
   */
  public static Restored restore(
      StoreSettings settings,
      InputStream backup,
      Path directory,
      InstantSource clock,
      OptionalLong gap)
      throws IOException {
    RevisionGap raise = new RevisionGap(clock.instant(), settings.mostChangesPerSecond(), gap);
    return new Restore(directory.toAbsolutePath(), settings.rocks(), UUID::randomUUID)
        .from(backup, raise);
  }
}
