package io.ordinal.controller.api.cluster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A join token as people carry it from a controller to a new machine: {@code id.secret.hash}. The
 * hash is that of the authority's public key: the new machine knows the cluster by it before it
 * says anything.
 */
public record TokenText(String id, String secret, String authorityHash) {
  private static final Pattern SHAPE =
      Pattern.compile("([a-z2-7]{8})\\.([a-z2-7]{32})\\.([a-z2-7]{52})");
  private static final int ID_BYTES = 5;
  private static final int SECRET_BYTES = 20;
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

  /**
   * @throws IllegalArgumentException when it is not one; the message does not repeat it
   */
  public static TokenText parse(String text) {
    Matcher matched = SHAPE.matcher(text.strip());
    if (!matched.matches()) {
      throw new IllegalArgumentException(
          "this is not a join token: expected what `ordinal token create` printed");
    }
    return new TokenText(matched.group(1), matched.group(2), matched.group(3));
  }

  /** A new one; the chance must be a good one. */
  static TokenText fresh(RandomGenerator chance, X509Certificate authority) {
    return new TokenText(
        text(bytes(ID_BYTES, chance)), text(bytes(SECRET_BYTES, chance)), hashOf(authority));
  }

  /** By which a joining machine knows the cluster: of the key, so that it survives a renewal. */
  public static String hashOf(X509Certificate authority) {
    return text(sha256(authority.getPublicKey().getEncoded()));
  }

  /** What the store keeps of a secret. */
  static String hashOf(String secret) {
    return text(sha256(secret.getBytes(StandardCharsets.US_ASCII)));
  }

  /** What is shown to the controller, and to nobody else. */
  public String bearer() {
    return id + "." + secret;
  }

  @Override
  public String toString() {
    return bearer() + "." + authorityHash;
  }

  private static byte[] bytes(int count, RandomGenerator chance) {
    byte[] bytes = new byte[count];
    chance.nextBytes(bytes);
    return bytes;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JVM has SHA-256", impossible);
    }
  }

  private static String text(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int held = 0;
    int bits = 0;
    for (byte each : bytes) {
      held = held << 8 | each & 255;
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(ALPHABET.charAt(held >> bits & 31));
      }
    }
    if (bits > 0) text.append(ALPHABET.charAt(held << 5 - bits & 31));
    return text.toString();
  }
}
