package io.ordinal.member.pki;

import io.ordinal.controller.api.cluster.TokenText;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A key that waits for its certificate, and what the answer is held against. */
public final class Application {
  private final String authorityHash;
  private final PrivateKey key;
  private final PublicKey shown;
  private final String request;

  private Application(String authorityHash, PrivateKey key, String request) {
    this.authorityHash = authorityHash;
    this.key = key;
    this.shown = CertificateRequests.key(request);
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
      return new Application(authorityHash, pair.getPrivate(), CertificateRequests.of(pair));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no key could be made: " + e.getMessage(), e);
    }
  }

  /**
   * With the key that this directory has asked with before, so that the answer to a request whose
   * first answer was lost is the same; otherwise with a fresh one, which the directory keeps.
   */
  public static Application pending(Path directory, String authorityHash, SecureRandom random) {
    return new PkiDirectory(directory)
        .alone(
            files -> {
              Optional<Application> before =
                  files.pending((key, request) -> new Application(authorityHash, key, request));
              if (before.isPresent()) return before.get();
              Application fresh = fresh(authorityHash, random);
              files.writePending(fresh.key, fresh.request);
              return fresh;
            });
  }

  /** The directory has what it asked for; the next time it asks with another key. */
  public static void settled(Path directory) {
    new PkiDirectory(directory)
        .alone(
            files -> {
              files.removePending();
              return null;
            });
  }

  /** Whether this directory has asked and not got all of the answer yet. */
  public static boolean isPending(Path directory) {
    return new PkiDirectory(directory).hasPending();
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
    if (!certified.equals(shown)) {
      throw new IllegalArgumentException("the certificate is for another key than this machine's");
    }
    return new Identity(key, certificate);
  }

  private static X509Certificate certificate(String pem) {
    try {
      return Pem.certificate(pem);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the controller's answer has a damaged certificate", e);
    }
  }
}
