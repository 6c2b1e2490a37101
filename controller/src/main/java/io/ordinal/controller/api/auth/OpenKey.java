package io.ordinal.controller.api.auth;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** The open half of a key that signs tokens: tells which ones it has signed. */
final class OpenKey {
  private final PublicKey key;
  private final String id;

  OpenKey(PublicKey key) throws GeneralSecurityException {
    this.key = key;
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
    this.id = Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  /**
   * @param bytes a SubjectPublicKeyInfo
   */
  static OpenKey of(byte[] bytes) {
    try {
      KeyFactory keys = KeyFactory.getInstance("EC");
      return new OpenKey(keys.generatePublic(new X509EncodedKeySpec(bytes)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key that tells signed tokens is damaged", e);
    }
  }

  byte[] bytes() {
    return key.getEncoded();
  }

  /** Tells keys apart; says nothing about the secret. */
  String id() {
    return id;
  }

  boolean verifies(String text, byte[] signed) {
    try {
      Signature signature = Signature.getInstance(SigningKey.ALGORITHM);
      signature.initVerify(key);
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return signature.verify(signed);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }
}
