package io.ordinal.member.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS contexts that show one identity and trust one authority. */
public final class Tls {
  private static final char[] NO_PASSWORD = new char[0];

  private Tls() {}

  public static SSLContext context(Identity self, X509Certificate authority) {
    return context(() -> self, authority);
  }

  /**
   * @param self asked at each handshake
   */
  public static SSLContext context(Supplier<Identity> self, X509Certificate authority) {
    return context(new KeyManager[] {keys(self, authority)}, trust(authority));
  }

  /**
   * The same context for as long as the identity is the same, and another one afterwards: what was
   * shown is remembered with a context's sessions.
   */
  public static Supplier<SSLContext> following(Supplier<Identity> self, X509Certificate authority) {
    return new Supplier<>() {
      private Identity shown = self.get();
      private SSLContext context = context(shown, authority);

      @Override
      public synchronized SSLContext get() {
        Identity now = self.get();
        if (now != shown) {
          shown = now;
          context = context(now, authority);
        }
        return context;
      }
    };
  }

  /** Shows nothing, and trusts this authority. */
  public static SSLContext trusting(X509Certificate authority) {
    return anonymous(trust(authority));
  }

  /** Shows nothing, as somebody who is not known yet. */
  static SSLContext anonymous(X509ExtendedTrustManager trust) {
    return context(new KeyManager[0], trust);
  }

  static SSLContext context(KeyManager[] keys, X509ExtendedTrustManager trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw unusable(e);
    }
  }

  static X509ExtendedKeyManager keys(Supplier<Identity> self, X509Certificate authority) {
    return new LiveKeys(self, authority);
  }

  /** Believes certificates of this authority. */
  static X509ExtendedTrustManager trust(X509Certificate authority) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, NO_PASSWORD);
      trusted.setCertificateEntry("authority", authority);
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(trusted);
      for (TrustManager each : factory.getTrustManagers()) {
        if (each instanceof X509ExtendedTrustManager found) return found;
      }
      throw new GeneralSecurityException("this JVM has no trust manager for certificates");
    } catch (GeneralSecurityException | IOException e) {
      throw unusable(e);
    }
  }

  private static IllegalStateException unusable(Exception cause) {
    return new IllegalStateException(
        "TLS cannot be set up with these certificates: " + cause.getMessage(), cause);
  }
}
