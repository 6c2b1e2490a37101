package io.ordinal.member;

import io.ordinal.controller.api.cluster.JoinRole;
import io.ordinal.controller.api.cluster.MemberRecord;
import io.ordinal.controller.api.cluster.Members;
import io.ordinal.controller.boot.Access;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.member.directory.PrivateFiles;
import io.ordinal.member.pki.Credentials;
import io.ordinal.member.pki.StoredAuthority;
import io.ordinal.member.pki.Tls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/** Gets a controller the certificates that its API needs, from the authority in the store. */
final class ControllerAccess {
  private ControllerAccess() {}

  /** Blocks until the store has answered. */
  static Access open(
      MemberSettings settings,
      ObjectStore store,
      Credentials credentials,
      InstantSource clock,
      SecureRandom chance) {
    StoredAuthority authority =
        StoredAuthority.settle(store, credentials, clock, chance).toCompletableFuture().join();
    authority.renew(credentials, settings.certificates());
    writeKubeconfig(settings, credentials);
    new Members(store)
        .note(
            new MemberRecord(
                settings.node().value(),
                JoinRole.CONTROLLER,
                List.of(settings.address()),
                clock.instant()))
        .toCompletableFuture()
        .join();
    return new Access(
        Tls.context(credentials::server, credentials.authority()),
        credentials.authority(),
        authority,
        settings.tls());
  }

  private static void writeKubeconfig(MemberSettings settings, Credentials credentials) {
    Path file = settings.directory().kubeconfig();
    try {
      PrivateFiles.write(file, Kubeconfig.of(settings.apiUrl(), credentials));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the administrator's certificate cannot be encoded", e);
    }
  }
}
