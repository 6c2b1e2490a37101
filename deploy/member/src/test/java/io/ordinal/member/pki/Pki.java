package io.ordinal.member.pki;

import io.ordinal.controller.api.cluster.Signer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A cluster's authority, and members of it on the loopback address. */
final class Pki {
  static final Validity VALIDITY = new Validity(Duration.ofDays(365), Duration.ofDays(30));
  static final SecureRandom RANDOM = new SecureRandom();

  private Pki() {}

  static CertificateAuthority authority() {
    try {
      return CertificateAuthority.create(Instant.now(), VALIDITY.life(), RANDOM);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static Identity node(CertificateAuthority authority) {
    return member(authority, new Signer.Subject("n1", false, List.of("127.0.0.1")));
  }

  static Identity controller(CertificateAuthority authority) {
    return member(authority, new Signer.Subject("c1", true, List.of("127.0.0.1")));
  }

  static Identity member(CertificateAuthority authority, Signer.Subject subject) {
    try {
      KeyPair pair = CertificateAuthority.keyPair(RANDOM);
      return new Identity(
          pair.getPrivate(), authority.issueMember(pair.getPublic(), subject, Instant.now()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
