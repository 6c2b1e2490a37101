package io.ordinal.member;

import io.ordinal.controller.api.auth.ClusterSecrets;
import io.ordinal.controller.boot.OpenStore;
import io.ordinal.member.directory.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The administrator's token in a file of this controller, mode 0600: the cluster has one, which
 * stands in its store. Where the setting is off there is no such file.
 */
final class AdminTokenFile {
  private static final Logger LOG = LoggerFactory.getLogger(AdminTokenFile.class);
  private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-------");

  private final Path file;
  private final boolean wanted;
  private final OpenStore store;
  private final SecureRandom random = new SecureRandom();

  AdminTokenFile(MemberSettings settings, OpenStore store) {
    this.file = settings.directory().adminToken();
    this.wanted = settings.config().getBoolean("ordinal.api.access.admin-token");
    this.store = store;
  }

  /** Sees to it that the file is right. Blocks for as long as the store takes to answer. */
  void look() throws InterruptedException {
    try {
      if (wanted) write(file, token());
      else Files.deleteIfExists(file);
    } catch (ExecutionException notNow) {
      LOG.debug("{} is looked after later: {}", file, notNow.getCause().toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private String token() throws ExecutionException, InterruptedException {
    return ClusterSecrets.settle(store.store(), random).toCompletableFuture().get().adminToken();
  }

  /** Writes it unless it is there and for its owner only. */
  static void write(Path file, String token) throws IOException {
    String text = token + "\n";
    boolean right =
        Files.exists(file)
            && Files.getPosixFilePermissions(file).equals(MODE)
            && Files.readString(file).equals(text);
    if (!right) PrivateFiles.write(file, text);
  }
}
