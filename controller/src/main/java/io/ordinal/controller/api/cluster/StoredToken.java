package io.ordinal.controller.api.cluster;

import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.RecordKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the cluster remembers of a join token: not its secret.
 *
 * @param secretHash as {@link TokenText#hashOf} makes it
 * @param note for people
 */
record StoredToken(
    String id, String secretHash, JoinRole role, Instant created, Instant expires, String note) {
  static final String FAMILY = "token";

  RecordKey key() {
    return new RecordKey(FAMILY, id);
  }

  boolean expiredAt(Instant now) {
    return !now.isBefore(expires);
  }

  /** In constant time, so that a secret cannot be guessed by the time it takes. */
  boolean hasSecret(String secret) {
    return MessageDigest.isEqual(
        secretHash.getBytes(StandardCharsets.US_ASCII),
        TokenText.hashOf(secret).getBytes(StandardCharsets.US_ASCII));
  }

  byte[] bytes() {
    ObjectNode tree = shown();
    tree.put("secretHash", secretHash);
    return Json.bytes(tree);
  }

  /** For administrators. */
  ObjectNode shown() {
    ObjectNode tree = Json.object();
    tree.put("id", id);
    tree.put("role", role.word());
    tree.put("created", created.toString());
    tree.put("expires", expires.toString());
    tree.put("note", note);
    return tree;
  }

  static StoredToken of(byte[] bytes) {
    ObjectNode tree = Json.object(bytes);
    return new StoredToken(
        tree.required("id").asString(),
        tree.required("secretHash").asString(),
        JoinRole.of(tree.required("role").asString()),
        Instant.parse(tree.required("created").asString()),
        Instant.parse(tree.required("expires").asString()),
        tree.path("note").asString(""));
  }
}
