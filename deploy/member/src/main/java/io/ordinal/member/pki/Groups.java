package io.ordinal.member.pki;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** What a certificate of this cluster says of its owner. */
final class Groups {
  private static final int IP_ADDRESS = 7;

  private Groups() {}

  /** Every O of the subject. */
  static Set<String> of(X509Certificate certificate) {
    Set<String> groups = new HashSet<>();
    try {
      for (Rdn part : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
        if (part.getType().equalsIgnoreCase("O")) groups.add(part.getValue().toString());
      }
    } catch (InvalidNameException unreadable) {
      return Set.of();
    }
    return groups;
  }

  /** Whether its owner is reached under this IP address. */
  static boolean isFor(X509Certificate certificate, String address) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      if (names == null) return false;
      return names.stream()
          .filter(each -> each.get(0).equals(IP_ADDRESS))
          .anyMatch(each -> each.get(1).equals(address));
    } catch (CertificateParsingException unreadable) {
      return false;
    }
  }
}
