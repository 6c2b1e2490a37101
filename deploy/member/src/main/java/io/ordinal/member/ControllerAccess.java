package io.ordinal.member;

import io.ordinal.controller.api.cluster.MemberRecord;
import io.ordinal.controller.api.cluster.Members;
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
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets a controller the certificates that its API needs, from the authority in the store. */
final class ControllerAccess {
  private static final Logger LOG = LoggerFactory.getLogger(ControllerAccess.class);

  private ControllerAccess() {}

  /** Writes the kubeconfig too. */
  static Access of(
      MemberSettings settings,
      OpenStore store,
      Credentials own,
      StoredAuthority authority,
      InstantSource clock) {
    authority.renew(own, settings.certificates());
    writeKubeconfig(settings, own);
    // Not waited for: without a majority it is noted at a later start.
    new Members(store.store())
        .note(
            MemberRecord.founder(
                settings.node().value(), List.of(settings.address()), clock.instant()),
            store.group())
        .whenComplete(
            (noted, failure) -> {
              if (failure != null)
                LOG.warn("where this controller is could not be noted: {}", failure.toString());
              else if (!noted)
                LOG.warn(
                    "the cluster's records have no controller {}, and this one founds no cluster:"
                        + " its node is not admitted",
                    settings.node());
            });
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
