package io.ordinal.member.pki;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Shows at each handshake the identity that is current then. A handshake that began with the one
 * before finishes with that one.
 */
final class LiveKeys extends X509ExtendedKeyManager {
  private static final String EC = "EC";

  /** More than one: a handshake may be under way while the identity is replaced. */
  private static final int KEPT = 3;

  private final Supplier<Identity> current;
  private final X509Certificate authority;
  private final Map<String, Identity> shown =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Identity> eldest) {
              return size() > KEPT;
            }
          });

  LiveKeys(Supplier<Identity> current, X509Certificate authority) {
    this.current = current;
    this.authority = authority;
  }

  private String alias() {
    Identity now = current.get();
    String alias = now.certificate().getSerialNumber().toString(16);
    shown.putIfAbsent(alias, now);
    return alias;
  }

  @Override
  public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
    for (String type : types) {
      if (type.startsWith(EC)) return alias();
    }
    return null;
  }

  @Override
  public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
    return type.startsWith(EC) ? alias() : null;
  }

  @Override
  public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
    return chooseEngineClientAlias(types, issuers, null);
  }

  @Override
  public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
    return chooseEngineServerAlias(type, issuers, null);
  }

  @Override
  public String[] getClientAliases(String type, Principal[] issuers) {
    return getServerAliases(type, issuers);
  }

  @Override
  public String[] getServerAliases(String type, Principal[] issuers) {
    return type.startsWith(EC) ? new String[] {alias()} : new String[0];
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    Identity identity = shown.get(alias);
    if (identity == null) return null;
    return new X509Certificate[] {identity.certificate(), authority};
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    Identity identity = shown.get(alias);
    return identity == null ? null : identity.key();
  }
}
