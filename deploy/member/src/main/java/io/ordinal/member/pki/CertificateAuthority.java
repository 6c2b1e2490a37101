package io.ordinal.member.pki;

import io.ordinal.controller.api.cluster.MemberNames;
import io.ordinal.controller.api.cluster.Signer;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
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

/** Signs the certificates of one cluster. Keys are on the curve P-256, but for those of clients. */
public final class CertificateAuthority {
  private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
  private static final int CLIENT_KEY_BITS = 2048;
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

  private final Identity self;
  private final SecureRandom random;
  private final Duration life;

  /**
   * @param life of the certificates that it issues
   */
  public CertificateAuthority(Identity self, Duration life, SecureRandom random) {
    this.self = self;
    this.life = life;
    this.random = random;
  }

  /** A new authority with a new key. */
  public static CertificateAuthority create(Instant now, Duration life, SecureRandom random)
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
          new Identity(pair.getPrivate(), sign(draft, pair.getPrivate())), life, random);
    } catch (IOException e) {
      throw new GeneralSecurityException("the certificate could not be encoded", e);
    }
  }

  /** The authority's own key and certificate. */
  public Identity identity() {
    return self;
  }

  /** A certificate for a server under these DNS names and IP addresses. */
  public Identity issueServer(
      String name, List<String> dnsNames, List<String> addresses, Instant now)
      throws GeneralSecurityException {
    KeyPair pair = keyPair(random);
    Profile profile =
        new Profile(
            new X500Name("CN=" + name),
            names(dnsNames, addresses),
            new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth});
    return new Identity(pair.getPrivate(), issue(pair.getPublic(), profile, now));
  }

  /**
   * A certificate for a client: the user's name as CN and the groups as O, as Kubernetes reads
   * them. Its key is one of RSA: others' client libraries take every key in a kubeconfig for that.
   */
  public Identity issueClient(String user, List<String> groups, Instant now)
      throws GeneralSecurityException {
    KeyPair pair = clientKeyPair(random);
    Profile profile =
        new Profile(
            subject(user, groups), null, new KeyPurposeId[] {KeyPurposeId.id_kp_clientAuth});
    return new Identity(pair.getPrivate(), issue(pair.getPublic(), profile, now));
  }

  /** A certificate for a member, which is server and client to the other members. */
  public X509Certificate issueMember(PublicKey key, Signer.Subject member, Instant now)
      throws GeneralSecurityException {
    List<String> groups =
        member.controller()
            ? List.of(MemberNames.MEMBERS, MemberNames.CONTROLLERS)
            : List.of(MemberNames.MEMBERS);
    Profile profile =
        new Profile(
            subject(MemberNames.user(member.name()), groups),
            names(List.of(), member.addresses()),
            new KeyPurposeId[] {KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth});
    return issue(key, profile, now);
  }

  /** A fresh key for somebody else. */
  KeyPair freshKey() throws GeneralSecurityException {
    return keyPair(random);
  }

  /** A fresh key on the curve that all our certificates use. */
  static KeyPair keyPair(SecureRandom random) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    return generator.generateKeyPair();
  }

  private static KeyPair clientKeyPair(SecureRandom random) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(CLIENT_KEY_BITS, random);
    return generator.generateKeyPair();
  }

  /** What a certificate says. */
  private record Profile(X500Name subject, GeneralNames names, KeyPurposeId[] purposes) {}

  private X509Certificate issue(PublicKey key, Profile profile, Instant now)
      throws GeneralSecurityException {
    try {
      X509v3CertificateBuilder draft =
          new JcaX509v3CertificateBuilder(
              X500Name.getInstance(self.certificate().getSubjectX500Principal().getEncoded()),
              serial(random),
              from(now),
              until(now, life),
              profile.subject(),
              key);
      draft.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      draft.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      draft.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(profile.purposes()));
      draft.addExtension(
          Extension.authorityKeyIdentifier,
          false,
          new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(self.certificate()));
      if (profile.names() != null)
        draft.addExtension(Extension.subjectAlternativeName, false, profile.names());
      return sign(draft, self.key());
    } catch (IOException e) {
      throw new GeneralSecurityException("the certificate could not be encoded", e);
    }
  }

  private static GeneralNames names(List<String> dnsNames, List<String> addresses) {
    return new GeneralNames(
        Stream.concat(
                dnsNames.stream().map(each -> new GeneralName(GeneralName.dNSName, each)),
                addresses.stream().map(each -> new GeneralName(GeneralName.iPAddress, each)))
            .toArray(GeneralName[]::new));
  }

  private static X500Name subject(String user, List<String> groups) {
    X500NameBuilder subject = new X500NameBuilder(BCStyle.INSTANCE);
    groups.forEach(group -> subject.addRDN(BCStyle.O, group));
    subject.addRDN(BCStyle.CN, user);
    return subject.build();
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
