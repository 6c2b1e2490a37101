package io.ordinal.controller.api.connection;

import io.ordinal.controller.api.TestCertificates;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Contexts of TLS for both sides. */
final class TestContexts {
  private TestContexts() {}

  /** Of one who shows a certificate, or has none, and trusts an authority. */
  static SSLContext of(Optional<TestCertificates.Holder> own, X509Certificate authority) {
    try {
      KeyStore known = empty();
      known.setCertificateEntry("ca", authority);
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(known);
      return of(own, trust.getTrustManagers());
    } catch (GeneralSecurityException | IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** Of one who shows a certificate, or has none, and trusts whom these trust. */
  static SSLContext of(Optional<TestCertificates.Holder> own, TrustManager... trust) {
    try {
      KeyStore shown = empty();
      if (own.isPresent()) {
        Certificate[] chain = {own.get().certificate()};
        shown.setKeyEntry("own", own.get().key(), new char[0], chain);
      }
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(shown, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust, null);
      return context;
    } catch (GeneralSecurityException | IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, new char[0]);
    return store;
  }
}
