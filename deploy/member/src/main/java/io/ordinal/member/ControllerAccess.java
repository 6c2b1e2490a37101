package io.ordinal.member;

import io.ordinal.controller.boot.Access;
import io.ordinal.controller.boot.OpenStore;
import io.ordinal.member.directory.PrivateFiles;
import io.ordinal.member.pki.Credentials;
import io.ordinal.member.pki.StoredAuthority;
import io.ordinal.member.pki.Tls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** Gets a controller the certificates that its API needs, from the authority in the store. */
final class ControllerAccess {
  private ControllerAccess() {}

  /** Writes the kubeconfig too. */
  static Access of(
      MemberSettings settings, OpenStore store, Credentials own, StoredAuthority authority) {
    authority.renew(own, settings.certificates());
    writeKubeconfig(settings, own);
    return new Access(
        Tls.context(own::server, own.authority()),
        own.authority(),
        authority,
        store,
        settings.tls());
  }

  static void writeKubeconfig(MemberSettings settings, Credentials credentials) {
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
