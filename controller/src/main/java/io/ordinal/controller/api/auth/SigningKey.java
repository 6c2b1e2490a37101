package io.ordinal.controller.api.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;

/** The key with which the cluster signs tokens: P-256, for ES256. */
public final class SigningKey {
  static final String ALGORITHM = "SHA256withECDSAinP1363Format";

  private final PrivateKey secret;
  private final OpenKey open;

  private SigningKey(PrivateKey secret, OpenKey open) {
    this.secret = secret;
    this.open = open;
  }

  static SigningKey create(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      return new SigningKey(pair.getPrivate(), new OpenKey(pair.getPublic()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM cannot make P-256 keys", e);
    }
  }

  /**
   * @param secret in PKCS#8
   */
  static SigningKey of(byte[] secret, OpenKey open) {
    try {
      KeyFactory keys = KeyFactory.getInstance("EC");
      return new SigningKey(keys.generatePrivate(new PKCS8EncodedKeySpec(secret)), open);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key that signs tokens is damaged", e);
    }
  }

  byte[] secretBytes() {
    return secret.getEncoded();
  }

  OpenKey open() {
    return open;
  }

  byte[] sign(String text) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(secret);
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a token could not be signed", e);
    }
  }
}
