package io.ordinal.member.pki;

import io.ordinal.controller.api.cluster.TokenText;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;

/** A key that waits for its certificate, and what the answer is held against. */
public final class Application {
  private final String authorityHash;
  private final KeyPair pair;
  private final String request;

  private Application(String authorityHash, KeyPair pair, String request) {
    this.authorityHash = authorityHash;
    this.pair = pair;
    this.request = request;
  }

  /**
   * With a fresh key.
   *
   * @param authorityHash of the authority that is believed
   */
  public static Application fresh(String authorityHash, SecureRandom random) {
    try {
      KeyPair pair = CertificateAuthority.keyPair(random);
      return new Application(authorityHash, pair, CertificateRequests.of(pair));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no key could be made: " + e.getMessage(), e);
    }
  }

  /** The certificate request, as PEM. */
  public String request() {
    return request;
  }

  /** Talks to servers of the believed authority only, and shows nothing. */
  public SSLContext tls() {
    return Tls.anonymous(new PinnedTrust(authorityHash));
  }

  /**
   * @throws IllegalArgumentException when it is another one
   */
  public X509Certificate authority(String pem) {
    X509Certificate told = certificate(pem);
    if (!TokenText.hashOf(told).equals(authorityHash)) {
      throw new IllegalArgumentException("the controller told another authority than the token");
    }
    return told;
  }

  /**
   * @throws IllegalArgumentException when it is for another key
   */
  public Identity identity(String pem) {
    X509Certificate certificate = certificate(pem);
    PublicKey certified = certificate.getPublicKey();
    if (!certified.equals(pair.getPublic())) {
      throw new IllegalArgumentException("the certificate is for another key than this machine's");
    }
    return new Identity(pair.getPrivate(), certificate);
  }

  private static X509Certificate certificate(String pem) {
    try {
      return Pem.certificate(pem);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the controller's answer has a damaged certificate", e);
    }
  }
}
