package io.ordinal.member.pki;

import io.ordinal.controller.api.cluster.TokenText;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Believes the authority whose key has this hash, as a join token tells it, and certificates of
 * that one only. The server shows the authority's certificate at the end of its chain.
 */
final class PinnedTrust extends X509ExtendedTrustManager {
  private final String authorityHash;

  PinnedTrust(String authorityHash) {
    this.authorityHash = authorityHash;
  }

  private X509ExtendedTrustManager authority(X509Certificate[] chain) throws CertificateException {
    X509Certificate pinned =
        Arrays.stream(chain)
            .filter(each -> TokenText.hashOf(each).equals(authorityHash))
            .findFirst()
            .orElseThrow(
                () ->
                    new CertificateException(
                        "the server there belongs to another cluster than the token"));
    return Tls.trust(pinned);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    authority(chain).checkServerTrusted(chain, type, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    authority(chain).checkServerTrusted(chain, type, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    authority(chain).checkServerTrusted(chain, type);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw forServersOnly();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw forServersOnly();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw forServersOnly();
  }

  private static CertificateException forServersOnly() {
    return new CertificateException("a joining machine has no clients");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
