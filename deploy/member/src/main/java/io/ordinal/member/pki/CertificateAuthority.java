package io.ordinal.member.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Signs the certificates of one cluster. Keys are on the curve P-256. */
public final class CertificateAuthority {
  private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
  private static final Duration CERTIFICATE_LIFE = Duration.ofDays(365);
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  private final Identity self;
  private final SecureRandom random;

  public CertificateAuthority(Identity self, SecureRandom random) {
    this.self = self;
    this.random = random;
  }

  /** A new authority with a new key. */
  public static CertificateAuthority create(Instant now, SecureRandom random)
      throws GeneralSecurityException {
    KeyPair pair = keyPair(random);
    X500Name name = new X500Name("CN=ordinal-ca");
    try {
      X509v3CertificateBuilder draft =
          new JcaX509v3CertificateBuilder(
              name, serial(random), from(now), until(now, AUTHORITY_LIFE), name, pair.getPublic());
      draft.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
      draft.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      draft.addExtension(
          Extension.subjectKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
      return new CertificateAuthority(
          new Identity(pair.getPrivate(), sign(draft, pair.getPrivate())), random);
    } catch (IOException e) {
      throw new GeneralSecurityException("the certificate could not be encoded", e);
    }
  }

  /** The authority's own key and certificate. */
  public Identity identity() {
    return self;
  }

  /**
   * A certificate for a server under these DNS names and IP addresses, which can also act as a
   * client.
   */
  public Identity issueServer(
      String name, List<String> dnsNames, List<String> addresses, Instant now)
      throws GeneralSecurityException {
    GeneralName[] names =
        java.util.stream.Stream.concat(
                dnsNames.stream().map(each -> new GeneralName(GeneralName.dNSName, each)),
                addresses.stream().map(each -> new GeneralName(GeneralName.iPAddress, each)))
            .toArray(GeneralName[]::new);
    return issue(
        new X500Name("CN=" + name), new GeneralNames(names), KeyPurposeId.id_kp_serverAuth, now);
  }

  /**
   * A certificate for a client: the user's name as CN and the groups as O, as Kubernetes reads
   * them.
   */
  public Identity issueClient(String user, List<String> groups, Instant now)
      throws GeneralSecurityException {
    X500NameBuilder subject = new X500NameBuilder(BCStyle.INSTANCE);
    groups.forEach(group -> subject.addRDN(BCStyle.O, group));
    subject.addRDN(BCStyle.CN, user);
    return issue(subject.build(), null, KeyPurposeId.id_kp_clientAuth, now);
  }

  private Identity issue(X500Name subject, GeneralNames names, KeyPurposeId purpose, Instant now)
      throws GeneralSecurityException {
    KeyPair pair = keyPair(random);
    try {
      X509v3CertificateBuilder draft =
          new JcaX509v3CertificateBuilder(
              X500Name.getInstance(self.certificate().getSubjectX500Principal().getEncoded()),
              serial(random),
              from(now),
              until(now, CERTIFICATE_LIFE),
              subject,
              pair.getPublic());
      draft.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      draft.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      draft.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
      draft.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(self.certificate()));
      if (names != null) draft.addExtension(Extension.subjectAlternativeName, false, names);
      return new Identity(pair.getPrivate(), sign(draft, self.key()));
    } catch (IOException e) {
      throw new GeneralSecurityException("the certificate could not be encoded", e);
    }
  }

  private static X509Certificate sign(X509v3CertificateBuilder draft, PrivateKey signer)
      throws GeneralSecurityException {
    try {
      var holder = draft.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer));
      return new JcaX509CertificateConverter().getCertificate(holder);
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException("the certificate could not be signed", e);
    }
  }

  private static KeyPair keyPair(SecureRandom random) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    return generator.generateKeyPair();
  }

  private static BigInteger serial(SecureRandom random) {
    return new BigInteger(127, random).setBit(0);
  }

  private static Date from(Instant now) {
    return Date.from(now.minus(CLOCK_SKEW));
  }

  private static Date until(Instant now, Duration life) {
    return Date.from(now.plus(life));
  }
}
