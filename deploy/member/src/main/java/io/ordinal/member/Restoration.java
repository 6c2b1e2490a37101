package io.ordinal.member;

import io.ordinal.controller.api.cluster.MemberRecord;
import io.ordinal.controller.api.cluster.Members;
import io.ordinal.controller.api.cluster.Members.Noted;
import io.ordinal.controller.boot.OpenStore;
import io.ordinal.controller.store.Restored;
import io.ordinal.member.directory.PrivateFiles;
import io.ordinal.member.pki.StoredAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.OptionalLong;

/** Makes the first controller of a restored cluster from a backup. Blocking. */
public final class Restoration {
  private Restoration() {}

  /**
   * The directory gets a store that knows this controller, and certificates of the authority that
   * is in the backup. Members of before know it as their cluster; controllers of before join anew
   * with empty directories.
   *
   * @param raise by how much the revision is raised; empty: by more than can have been written
   *     since
   * @throws IOException when the backup is damaged, there is a store already, or what was written
   *     since the backup cannot be bounded
   */
  public static Restored of(Path backup, MemberSettings settings, OptionalLong raise)
      throws IOException {
    Listening.check(settings); // The store is opened below, at its address.
    settings.directory().make();
    PrivateFiles.directory(settings.directory().store());
    Restored restored;
    try (InputStream in = Files.newInputStream(backup)) {
      restored = OpenStore.restore(settings.config(), in, settings.directory().store(), raise);
    } catch (FileSystemException place) {
      throw place;
    } catch (IOException refused) {
      throw new IOException(backup + ": " + refused.getMessage(), refused);
    }
    try (OpenStore store = OpenStore.open(settings.config(), settings.directory().store())) {
      StoredAuthority.adopt(
          store.store(),
          settings.directory().pki(),
          settings.certificates(),
          InstantSource.system(),
          new SecureRandom());
      note(store, settings);
    }
    return restored;
  }

  /** Now, while nobody else can be in the group: later it would be taken for a removed one. */
  private static void note(OpenStore store, MemberSettings settings) {
    MemberRecord self = OwnRecord.founder(settings, InstantSource.system());
    Noted noted = new Members(store.store()).note(self, store.group()).toCompletableFuture().join();
    if (noted != Noted.STANDS) {
      throw new IllegalStateException("the restored store does not take its controller: " + noted);
    }
  }
}
