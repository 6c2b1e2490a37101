package io.ordinal.controller.api.auth;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.StoreOverloaded;
import io.ordinal.controller.store.StoredRecord;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What proves identities by tokens: the key that signs those of service accounts, the keys that did
 * so before and are still believed, and the administrator's token. One record of the store, so that
 * every controller believes the same.
 */
public final class ClusterSecrets {
  private static final RecordKey KEY = new RecordKey("pki", "tokens");
  private static final int TOKEN_BYTES = 32;
  private static final int ATTEMPTS = 10;
  private static final Logger LOG = LoggerFactory.getLogger(ClusterSecrets.class);

  /**
   * A key that signs no more.
   *
   * @param until when its tokens are not believed any longer
   */
  private record Retired(OpenKey key, Instant until) {
    Retired atMost(Instant latest) {
      return until.isAfter(latest) ? new Retired(key, latest) : this;
    }
  }

  private final SigningKey key;
  private final List<Retired> retired;
  private final String adminToken;
  private final long version; // Of the record; 0 before it is written.

  private ClusterSecrets(SigningKey key, List<Retired> retired, String adminToken, long version) {
    this.key = key;
    this.retired = List.copyOf(retired);
    this.adminToken = adminToken;
    this.version = version;
  }

  /** Those of the store; empty as long as nobody has made them. */
  public static Optional<ClusterSecrets> in(View view) {
    return view.record(KEY).map(ClusterSecrets::read);
  }

  /** As {@link #in(View)}, and the very ones that are known unless the store has newer ones. */
  public static Optional<ClusterSecrets> in(View view, Optional<ClusterSecrets> known) {
    Optional<StoredRecord> record = view.record(KEY);
    boolean newer =
        record.isPresent() && (known.isEmpty() || record.get().version() > known.get().version);
    return newer ? record.map(ClusterSecrets::read) : known;
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

  /**
   * Puts others in their place, again where somebody else does so at the same time. Answers with
   * them, or with nothing where nobody has made any yet.
   *
   * @param now keys that retired before are forgotten when their time is over
   * @throws StoreOverloaded in the stage, when others were faster time and again
   */
  public static CompletionStage<Optional<ClusterSecrets>> rotate(
      ObjectStore store, Rotation wanted, Instant now, SecureRandom random) {
    return attempt(store, wanted, now, random, 1);
  }

  private static CompletionStage<Optional<ClusterSecrets>> attempt(
      ObjectStore store, Rotation wanted, Instant now, SecureRandom random, int count) {
    return store
        .read(Freshness.LINEARIZABLE, ClusterSecrets::in)
        .thenCompose(
            found -> {
              if (found.isEmpty()) return CompletableFuture.completedStage(found);
              ClusterSecrets next = found.get().with(wanted, now, random);
              RecordCondition unchanged = RecordCondition.at(found.get().version);
              return store
                  .commit(Transaction.of(new Operation.PutRecord(KEY, next.bytes(), unchanged)))
                  .thenCompose(
                      outcome -> {
                        if (outcome instanceof Outcome.Committed) {
                          return told(store, wanted, now, random)
                              .thenApply(told -> Optional.of(next));
                        }
                        if (count < ATTEMPTS) return attempt(store, wanted, now, random, count + 1);
                        throw new StoreOverloaded("others rotate at the same time; try again");
                      });
            });
  }

  /**
   * By this event every controller hears at once that there is something to look at; without it
   * they find out with their next look.
   */
  private static CompletionStage<Void> told(
      ObjectStore store, Rotation wanted, Instant now, SecureRandom random) {
    ApiObject event = new ApiObject(wanted.event("tokens." + freshName(random), now));
    ObjectKey key = new ObjectKey(Rotation.EVENTS, Rotation.NAMESPACE, event.name());
    return store
        .commit(Transaction.of(new Operation.PutIfAbsent(key, event.draft())))
        .handle(
            (outcome, failure) -> {
              if (failure != null) LOG.warn("the event of a rotation was not written", failure);
              return null;
            });
  }

  /** Nobody can foresee it, and take it first. */
  private static String freshName(SecureRandom random) {
    return HexFormat.of().toHexDigits(random.nextLong());
  }

  static ClusterSecrets create(SecureRandom random) {
    return new ClusterSecrets(SigningKey.create(random), List.of(), freshToken(random), 0);
  }

  private static String freshToken(SecureRandom random) {
    byte[] token = new byte[TOKEN_BYTES];
    random.nextBytes(token);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
  }

  ClusterSecrets with(Rotation wanted, Instant now, SecureRandom random) {
    List<Retired> believed = new ArrayList<>(retired);
    wanted
        .signingKey()
        .ifPresent(
            until -> {
              believed.replaceAll(each -> each.atMost(until)); // They are no better than this one.
              believed.add(new Retired(key.open(), until));
            });
    believed.removeIf(each -> !now.isBefore(each.until()));
    return new ClusterSecrets(
        wanted.signingKey().isPresent() ? SigningKey.create(random) : key,
        believed,
        wanted.adminToken() ? freshToken(random) : adminToken,
        version + 1);
  }

  private static ClusterSecrets read(StoredRecord record) {
    ObjectNode tree = Json.object(record.value());
    Base64.Decoder decoder = Base64.getDecoder();
    List<Retired> retired = new ArrayList<>();
    for (JsonNode each : tree.path("retired")) {
      retired.add(
          new Retired(
              OpenKey.of(decoder.decode(each.required("publicKey").asString())),
              Instant.parse(each.required("until").asString())));
    }
    return new ClusterSecrets(
        SigningKey.of(
            decoder.decode(tree.required("key").asString()),
            OpenKey.of(decoder.decode(tree.required("publicKey").asString()))),
        retired,
        tree.required("adminToken").asString(),
        record.version());
  }

  private byte[] bytes() {
    Base64.Encoder encoder = Base64.getEncoder();
    ObjectNode tree = Json.object();
    tree.put("key", encoder.encodeToString(key.secretBytes()));
    tree.put("publicKey", encoder.encodeToString(key.open().bytes()));
    tree.put("adminToken", adminToken);
    ArrayNode before = tree.putArray("retired");
    for (Retired each : retired) {
      before
          .addObject()
          .put("publicKey", encoder.encodeToString(each.key().bytes()))
          .put("until", each.until().toString());
    }
    return Json.bytes(tree);
  }

  /** Signs the tokens of service accounts. */
  public SigningKey key() {
    return key;
  }

  /** The id of the key that signs now, as tokens name it. */
  public String keyId() {
    return key.open().id();
  }

  /** Whether tokens name this key, whatever becomes of them. */
  boolean knows(String keyId) {
    return Stream.concat(Stream.of(key.open()), retired.stream().map(Retired::key))
        .anyMatch(each -> each.id().equals(keyId));
  }

  /** The key of this id, if its tokens are believed at this time. */
  Optional<OpenKey> believed(String keyId, Instant now) {
    if (keyId.equals(keyId())) return Optional.of(key.open());
    return retired.stream()
        .filter(each -> each.key().id().equals(keyId) && now.isBefore(each.until()))
        .map(Retired::key)
        .findFirst();
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
