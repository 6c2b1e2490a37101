package io.ordinal.member.pki;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.HexFormat;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/**
 * Requests for certificates (PKCS #10): how a key is certified without ever leaving its machine.
 */
final class CertificateRequests {
  private CertificateRequests() {}

  /** As PEM. Who it is for is said beside it, not in it. */
  static String of(KeyPair pair) throws GeneralSecurityException {
    try {
      var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate());
      var request =
          new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=ordinal"), pair.getPublic())
              .build(signer);
      StringWriter text = new StringWriter();
      try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
        writer.writeObject(request);
      }
      return text.toString();
    } catch (OperatorCreationException | IOException e) {
      throw new GeneralSecurityException("the certificate request could not be made", e);
    }
  }

  /**
   * Tells the key of a request from every other.
   *
   * @throws IllegalArgumentException as {@link #key}
   */
  static String fingerprint(String pem) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(key(pem).getEncoded());
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JVM has SHA-256", impossible);
    }
  }

  /**
   * The key of a request.
   *
   * @throws IllegalArgumentException when it is damaged, of another kind than ours, or its sender
   *     does not have the private key
   */
  static PublicKey key(String pem) {
    try (PEMParser parser = new PEMParser(new StringReader(pem))) {
      if (!(parser.readObject() instanceof PKCS10CertificationRequest found)) {
        throw new IllegalArgumentException("expected a certificate request as PEM");
      }
      var request = new JcaPKCS10CertificationRequest(found);
      PublicKey key = request.getPublicKey();
      if (!key.getAlgorithm().equals("EC")) {
        throw new IllegalArgumentException("expected a key on an elliptic curve");
      }
      if (!request.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))) {
        throw new IllegalArgumentException("the request is not signed with its own key");
      }
      return key;
    } catch (PEMException | PKCSException | GeneralSecurityException e) {
      throw new IllegalArgumentException("the certificate request is damaged", e);
    } catch (IOException | OperatorCreationException e) {
      throw new IllegalArgumentException("the certificate request cannot be read", e);
    }
  }
}
