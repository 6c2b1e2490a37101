package io.ordinal.member.pki;

import io.ordinal.controller.api.cluster.MemberNames;
import io.ordinal.controller.store.StoreTls;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedTrustManager;
import org.apache.pekko.actor.setup.Setup;
import org.apache.pekko.remote.artery.tcp.SSLEngineProviderSetup;

/**
 * Mutual TLS between members. A node believes controllers only, a controller every member, and a
 * copy of the store the other controllers only. A renewed certificate is shown from the next
 * connection on.
 */
public final class MemberTls {
  private final Credentials credentials;
  private final boolean controller;
  private final X509ExtendedTrustManager authority;

  /**
   * @param credentials with the member's own identity
   */
  public MemberTls(Credentials credentials, boolean controller) {
    credentials.member(); // Says at once what is missing.
    this.credentials = credentials;
    this.controller = controller;
    this.authority = Tls.trust(credentials.authority());
  }

  /** For messages between actor systems. */
  public Setup artery() {
    SSLContext context = context(controller ? MemberNames.MEMBERS : MemberNames.CONTROLLERS);
    return SSLEngineProviderSetup.create(system -> new ArteryTls(context));
  }

  /** For the copies of the store. */
  public StoreTls store() {
    return new StoreTls(
        Tls.keys(credentials::member, credentials.authority()),
        new GroupTrust(authority, MemberNames.CONTROLLERS));
  }

  private SSLContext context(String group) {
    KeyManager[] keys = {Tls.keys(credentials::member, credentials.authority())};
    return Tls.context(keys, new GroupTrust(authority, group));
  }
}
