package io.ordinal.controller.boot;

import io.ordinal.controller.api.cluster.Signer;
import io.ordinal.controller.store.StoreGroup;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;

/**
 * How the API is reached, and whom it believes.
 *
 * @param tls the API server's identity
 * @param authority whose client certificates are believed
 * @param signer signs the certificates of members that join
 * @param store for its group and its backups
 * @param memberTls whether members talk to each other by TLS
 */
public record Access(
    SSLContext tls, X509Certificate authority, Signer signer, OpenStore store, boolean memberTls) {
  /** Who has copies of the store. */
  StoreGroup group() {
    return store.group();
  }
}
