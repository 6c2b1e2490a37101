package io.ordinal.controller.api.auth;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Makes the TLS side of the API server. */
public final class ServerTls {
  private static final char[] NO_PASSWORD = new char[0];

  private ServerTls() {}

  /**
   * A context that asks clients for a certificate and lets every one through: whom it belongs to is
   * decided by {@link ClientCertificates}, so that a bad certificate gets an answer rather than a
   * broken handshake.
   *
   * @param chain the server's certificate first
   * @param ca whose certificates clients are asked for
   */
  public static SSLContext context(PrivateKey key, List<X509Certificate> chain, X509Certificate ca)
      throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, NO_PASSWORD);
      store.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(new X509Certificate[0]));
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(store, NO_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      TrustManager[] trust = {new AskingTrust(ca)};
      context.init(keys.getKeyManagers(), trust, new SecureRandom());
      return context;
    } catch (java.io.IOException impossible) {
      throw new GeneralSecurityException("an empty key store could not be made", impossible);
    }
  }

  private record AskingTrust(X509Certificate ca) implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {
      // Decided per request by ClientCertificates.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws java.security.cert.CertificateException {
      throw new java.security.cert.CertificateException("this context is for servers only");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[] {ca};
    }
  }
}
