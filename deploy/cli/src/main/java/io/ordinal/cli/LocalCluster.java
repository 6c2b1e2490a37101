package io.ordinal.cli;

import io.ordinal.cli.client.ApiClient;
import io.ordinal.member.MemberSettings;
import io.ordinal.member.contact.ControllerAddress;
import io.ordinal.member.contact.KnownControllers;
import io.ordinal.member.directory.DataDirectory;
import io.ordinal.member.pki.Credentials;
import io.ordinal.member.pki.Tls;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * A data directory's cluster as its owner reaches it.
 *
 * @param api signed in as the administrator
 * @param tls of that administrator
 */
record LocalCluster(MemberSettings settings, ApiClient api, SSLContext tls) {
  /**
   * As the member itself reaches it: its own API, or for a member that is only a node that of a
   * controller which serves. A node's certificate lets it evict its own pods and close itself.
   *
   * @throws IOException when no controller serves
   */
  static ApiClient ofMember(MemberSettings settings) throws IOException, InterruptedException {
    return settings.isController() ? of(settings).api() : serving(settings, asNode(settings));
  }

  /**
   * As the member would reach the others while it is stopped itself.
   *
   * @throws IOException when no other controller serves
   */
  static ApiClient withoutMember(MemberSettings settings) throws IOException, InterruptedException {
    return serving(settings, settings.isController() ? of(settings).tls() : asNode(settings));
  }

  private static SSLContext asNode(MemberSettings settings) throws IOException {
    Credentials own =
        Credentials.ofJoined(settings.directory().pki())
            .orElseThrow(() -> new IOException("this machine has not joined a cluster by a token"));
    return Tls.context(own.member(), own.authority());
  }

  private static ApiClient serving(MemberSettings settings, SSLContext tls)
      throws IOException, InterruptedException {
    URI own = URI.create(settings.apiUrl());
    for (URI server : new KnownControllers(settings.directory().controllers()).apis()) {
      ApiClient api = new ApiClient(server, tls);
      boolean itself = settings.isController() && server.equals(own);
      if (!itself && api.ready()) return api;
    }
    throw new IOException("no controller serves");
  }

  /** Makes the certificates if the member has not yet. */
  static LocalCluster of(DataDirectory directory) {
    if (!Files.exists(directory.configuration())) {
      throw new IllegalStateException(
          "there is no member in "
              + directory.path()
              + "; name its data directory with --data-dir or ORDINAL_DATA_DIR");
    }
    MemberSettings settings = MemberSettings.load(directory.configuration());
    if (!settings.isController()) {
      throw new IllegalStateException(
          directory.path() + " is a node's; ask on a controller: " + controllers(settings));
    }
    return of(settings);
  }

  /** Where a node's controllers are, for people: as they were told last, or as configured. */
  static String controllers(MemberSettings settings) {
    List<String> told =
        new KnownControllers(settings.directory().controllers())
            .apis().stream().map(URI::getHost).toList();
    List<String> configured = settings.controllers().stream().map(ControllerAddress::host).toList();
    return String.join(", ", told.isEmpty() ? configured : told);
  }

  private static LocalCluster of(MemberSettings settings) {
    Credentials credentials =
        Credentials.prepare(
            settings.directory().pki(), settings.certificates(), Instant.now(), new SecureRandom());
    SSLContext tls = Tls.context(credentials.admin(), credentials.authority());
    return new LocalCluster(settings, new ApiClient(URI.create(settings.apiUrl()), tls), tls);
  }

  /** The same administrator at another controller. */
  ApiClient apiAt(URI controller) {
    return new ApiClient(controller, tls);
  }
}
