package io.ordinal.controller.store;

import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Mutual TLS between the copies of the store. Both are asked at each handshake, so that a renewed
 * certificate is used without a restart.
 *
 * @param keys this member's certificate and key
 * @param trust believes controllers of this cluster and nobody else
 */
public record StoreTls(X509ExtendedKeyManager keys, X509ExtendedTrustManager trust) {}
