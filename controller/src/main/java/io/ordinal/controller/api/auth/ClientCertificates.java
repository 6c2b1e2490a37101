package io.ordinal.controller.api.auth;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.SslSessionInfo;

/**
 * Knows users by the certificate of their connection: CN is the user, every O a group. A
 * certificate that is missing, expired or of another CA makes them anonymous. Checked once for each
 * TLS session.
 */
public final class ClientCertificates implements Authenticator {
  private static final String KNOWN = "ordinal.identity";

  /** What a session's certificate said, and until when that holds. */
  private record Known(Identity identity, long notAfterMillis) {}

  private final X509Certificate ca;
  private final InstantSource clock;

  public ClientCertificates(X509Certificate ca, InstantSource clock) {
    this.ca = ca;
    this.clock = clock;
  }

  @Override
  public Identity of(HttpRequest request) {
    Optional<SslSessionInfo> info = request.getAttribute(AttributeKeys.sslSession);
    return info.map(each -> of(each.getSession())).orElse(Identity.ANONYMOUS);
  }

  private Identity of(SSLSession session) {
    if (session.getValue(KNOWN) instanceof Known known) {
      return clock.millis() < known.notAfterMillis() ? known.identity() : Identity.ANONYMOUS;
    }
    Known found = read(session);
    session.putValue(KNOWN, found);
    return found.identity();
  }

  private Known read(SSLSession session) {
    try {
      List<X509Certificate> chain = new ArrayList<>();
      Arrays.stream(session.getPeerCertificates())
          .filter(each -> !each.equals(ca))
          .forEach(each -> chain.add((X509Certificate) each));
      validate(chain);
      X509Certificate leaf = chain.get(0);
      return new Known(identity(leaf), leaf.getNotAfter().getTime());
    } catch (SSLPeerUnverifiedException none) {
      return new Known(Identity.ANONYMOUS, Long.MAX_VALUE);
    } catch (GeneralSecurityException | InvalidNameException bad) {
      return new Known(Identity.ANONYMOUS, Long.MAX_VALUE);
    }
  }

  private void validate(List<X509Certificate> chain) throws GeneralSecurityException {
    if (chain.isEmpty()) throw new GeneralSecurityException("no certificate besides the CA's");
    CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(chain);
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(ca, null)));
    parameters.setRevocationEnabled(
        false); // There is no revocation list; certificates are short-lived.
    parameters.setDate(Date.from(clock.instant()));
    CertPathValidator.getInstance("PKIX").validate(path, parameters);
    List<String> uses = chain.get(0).getExtendedKeyUsage();
    if (uses != null && !uses.contains("1.3.6.1.5.5.7.3.2")) {
      throw new GeneralSecurityException("the certificate is not for clients");
    }
  }

  private static Identity identity(X509Certificate leaf) throws InvalidNameException {
    String user = "";
    Set<String> groups = new HashSet<>();
    for (Rdn part : new LdapName(leaf.getSubjectX500Principal().getName()).getRdns()) {
      if (part.getType().equalsIgnoreCase("CN")) user = part.getValue().toString();
      if (part.getType().equalsIgnoreCase("O")) groups.add(part.getValue().toString());
    }
    if (user.isEmpty()) return Identity.ANONYMOUS;
    groups.add("system:authenticated");
    return new Identity(user, Set.copyOf(groups));
  }
}
