package io.ordinal.controller.api.auth;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** The key with which the cluster signs tokens: P-256, for ES256. */
public final class SigningKey {
  private static final String ALGORITHM = "SHA256withECDSAinP1363Format";
  private static final int COORDINATE_BYTES = 32;

  private final PrivateKey secret;
  private final ECPublicKey open;
  private final String id;

  private SigningKey(PrivateKey secret, PublicKey open) throws GeneralSecurityException {
    this.secret = secret;
    this.open = (ECPublicKey) open;
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(open.getEncoded());
    this.id = Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  static SigningKey create(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      return new SigningKey(pair.getPrivate(), pair.getPublic());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM cannot make P-256 keys", e);
    }
  }

  /**
   * @param secret in PKCS#8
   * @param open as a SubjectPublicKeyInfo
   */
  static SigningKey of(byte[] secret, byte[] open) {
    try {
      KeyFactory keys = KeyFactory.getInstance("EC");
      return new SigningKey(
          keys.generatePrivate(new PKCS8EncodedKeySpec(secret)),
          keys.generatePublic(new X509EncodedKeySpec(open)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key that signs tokens is damaged", e);
    }
  }

  byte[] secretBytes() {
    return secret.getEncoded();
  }

  byte[] openBytes() {
    return open.getEncoded();
  }

  /** Tells keys apart; says nothing about the secret. */
  String id() {
    return id;
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

  boolean verifies(String text, byte[] signed) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(open);
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return signature.verify(signed);
    } catch (GeneralSecurityException malformed) {
      return false;
    }
  }

  /** The coordinates of the public key, as a JSON Web Key has them. */
  public String[] coordinates() {
    return new String[] {
      coordinate(open.getW().getAffineX()), coordinate(open.getW().getAffineY())
    };
  }

  private static String coordinate(BigInteger value) {
    byte[] raw = value.toByteArray();
    byte[] fixed = new byte[COORDINATE_BYTES];
    int length = Math.min(raw.length, COORDINATE_BYTES);
    System.arraycopy(raw, raw.length - length, fixed, COORDINATE_BYTES - length, length);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
  }
}
