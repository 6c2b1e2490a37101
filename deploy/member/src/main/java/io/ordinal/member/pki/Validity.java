package io.ordinal.member.pki;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/**
 * How long certificates last.
 *
 * @param life of a new one
 * @param renewBefore how long before its end one is replaced
 */
public record Validity(Duration life, Duration renewBefore) {
  public Validity {
    if (renewBefore.isNegative() || renewBefore.compareTo(life) >= 0) {
      throw new IllegalArgumentException(
          "ordinal.member.certificates.renew-before (%s) must be below life (%s)"
              .formatted(renewBefore, life));
    }
  }

  boolean isDue(X509Certificate certificate, Instant now) {
    return certificate.getNotAfter().toInstant().isBefore(now.plus(renewBefore));
  }
}
