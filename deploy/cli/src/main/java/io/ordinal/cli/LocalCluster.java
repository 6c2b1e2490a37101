package io.ordinal.cli;

import io.ordinal.cli.client.ApiClient;
import io.ordinal.member.MemberSettings;
import io.ordinal.member.directory.DataDirectory;
import io.ordinal.member.pki.Credentials;
import io.ordinal.member.pki.Tls;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;
import javax.net.ssl.SSLContext;

/**
 * A data directory's cluster as its owner reaches it.
 *
 * @param api signed in as the administrator
 * @param tls of that administrator
 */
record LocalCluster(MemberSettings settings, ApiClient api, SSLContext tls) {
  /** Makes the certificates if the member has not yet. */
  static LocalCluster of(DataDirectory directory) {
    MemberSettings settings = MemberSettings.load(directory.configuration());
    if (!settings.isController()) {
      throw new IllegalStateException(
          directory.path() + " is a node's; ask on a controller, or with its kubeconfig");
    }
    Credentials credentials =
        Credentials.prepare(
            directory.pki(), settings.certificates(), Instant.now(), new SecureRandom());
    SSLContext tls = Tls.context(credentials.admin(), credentials.authority());
    return new LocalCluster(settings, new ApiClient(URI.create(settings.apiUrl()), tls), tls);
  }

  /** The same administrator at another controller. */
  ApiClient apiAt(URI controller) {
    return new ApiClient(controller, tls);
  }
}
