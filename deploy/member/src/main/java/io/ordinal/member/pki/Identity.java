package io.ordinal.member.pki;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** A private key and the certificate that belongs to it. */
public record Identity(PrivateKey key, X509Certificate certificate) {}
