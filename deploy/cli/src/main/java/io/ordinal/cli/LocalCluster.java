package io.ordinal.cli;

import io.ordinal.cli.client.ApiClient;
import io.ordinal.member.MemberSettings;
import io.ordinal.member.directory.DataDirectory;
import io.ordinal.member.pki.Credentials;
import io.ordinal.member.pki.Tls;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * A data directory's cluster as its owner reaches it.
 *
 * @param api signed in as the administrator
 */
record LocalCluster(MemberSettings settings, ApiClient api) {
  /** Makes the certificates if the member has not yet. */
  static LocalCluster of(DataDirectory directory) {
    MemberSettings settings = MemberSettings.load(directory.configuration());
    Credentials credentials =
        Credentials.prepare(
            directory.pki(), settings.certificates(), Instant.now(), new SecureRandom());
    URI server = URI.create(settings.apiUrl());
    return new LocalCluster(
        settings, new ApiClient(server, Tls.context(credentials.admin(), credentials.authority())));
  }
}
