package io.ordinal.member.pki;

import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** What a certificate of this cluster says of its owner. */
final class Groups {
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
}
