package io.ordinal.member.pki;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** PEM text of keys (PKCS #8) and certificates. */
public final class Pem {
  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private Pem() {}

  public static String of(PrivateKey key) {
    return block("PRIVATE KEY", key.getEncoded());
  }

  public static String of(X509Certificate certificate) throws GeneralSecurityException {
    return block("CERTIFICATE", certificate.getEncoded());
  }

  public static PrivateKey key(String pem) throws GeneralSecurityException {
    PKCS8EncodedKeySpec key = new PKCS8EncodedKeySpec(content("PRIVATE KEY", pem));
    try {
      return KeyFactory.getInstance("EC").generatePrivate(key);
    } catch (InvalidKeySpecException another) {
      return KeyFactory.getInstance("RSA").generatePrivate(key);
    }
  }

  public static X509Certificate certificate(String pem) throws GeneralSecurityException {
    byte[] content = content("CERTIFICATE", pem);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(content));
  }

  private static String block(String label, byte[] content) {
    String text = new String(LINES.encode(content), StandardCharsets.US_ASCII);
    return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
  }

  private static byte[] content(String label, String pem) throws GeneralSecurityException {
    String begin = "-----BEGIN " + label + "-----";
    int from = pem.indexOf(begin);
    int to = pem.indexOf("-----END " + label + "-----");
    if (from < 0 || to < from)
      throw new GeneralSecurityException("expected a PEM block '" + label + "', found none");
    return Base64.getMimeDecoder().decode(pem.substring(from + begin.length(), to));
  }
}
