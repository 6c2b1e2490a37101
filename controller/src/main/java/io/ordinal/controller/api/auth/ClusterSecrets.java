package io.ordinal.controller.api.auth;

import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.node.ObjectNode;

/**
 * What proves identities by tokens: the key that signs those of service accounts, and the
 * administrator's token. One record of the store, so that every controller believes the same.
 */
public final class ClusterSecrets {
  private static final RecordKey KEY = new RecordKey("pki", "tokens");
  private static final int TOKEN_BYTES = 32;

  private final SigningKey key;
  private final String adminToken;

  private ClusterSecrets(SigningKey key, String adminToken) {
    this.key = key;
    this.adminToken = adminToken;
  }

  /** Those of the store; empty as long as nobody has made them. */
  public static Optional<ClusterSecrets> in(View view) {
    return view.record(KEY).map(record -> read(record.value()));
  }

  /** Makes them where there are none; answers with those that are there afterwards. */
  public static CompletionStage<ClusterSecrets> settle(ObjectStore store, SecureRandom random) {
    return store
        .read(Freshness.LINEARIZABLE, ClusterSecrets::in)
        .thenCompose(
            found ->
                found.isPresent()
                    ? CompletableFuture.completedStage(found.get())
                    : founded(store, random));
  }

  private static CompletionStage<ClusterSecrets> founded(ObjectStore store, SecureRandom random) {
    byte[] fresh = create(random).bytes();
    return store
        .commit(Transaction.of(new Operation.PutRecord(KEY, fresh, RecordCondition.ABSENT)))
        .thenCompose(outcome -> store.read(Freshness.LINEARIZABLE, ClusterSecrets::in))
        .thenApply(Optional::orElseThrow);
  }

  static ClusterSecrets create(SecureRandom random) {
    byte[] token = new byte[TOKEN_BYTES];
    random.nextBytes(token);
    return new ClusterSecrets(
        SigningKey.create(random), Base64.getUrlEncoder().withoutPadding().encodeToString(token));
  }

  private static ClusterSecrets read(byte[] value) {
    ObjectNode tree = Json.object(value);
    Base64.Decoder decoder = Base64.getDecoder();
    return new ClusterSecrets(
        SigningKey.of(
            decoder.decode(tree.required("key").asString()),
            decoder.decode(tree.required("publicKey").asString())),
        tree.required("adminToken").asString());
  }

  private byte[] bytes() {
    Base64.Encoder encoder = Base64.getEncoder();
    ObjectNode tree = Json.object();
    tree.put("key", encoder.encodeToString(key.secretBytes()));
    tree.put("publicKey", encoder.encodeToString(key.openBytes()));
    tree.put("adminToken", adminToken);
    return Json.bytes(tree);
  }

  /** Signs the tokens of service accounts. */
  public SigningKey key() {
    return key;
  }

  /** Whoever has it is an administrator. */
  public String adminToken() {
    return adminToken;
  }

  /** Takes as long for a wrong token as for the right one. */
  boolean isAdminToken(String token) {
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8), adminToken.getBytes(StandardCharsets.UTF_8));
  }
}
