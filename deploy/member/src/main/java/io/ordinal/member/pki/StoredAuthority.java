package io.ordinal.member.pki;

import io.ordinal.controller.api.cluster.MemberRecord;
import io.ordinal.controller.api.cluster.Signer;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.Transaction;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.node.ObjectNode;

/**
 * The cluster's authority as every controller has it: its key stands in the replicated store, so
 * any of them signs, and none is missed when it is lost.
 */
public final class StoredAuthority implements Signer {
  private static final RecordKey KEY = new RecordKey("pki", "authority");
  private final CertificateAuthority authority;
  private final String certificate;
  private final InstantSource clock;

  private StoredAuthority(CertificateAuthority authority, String certificate, InstantSource clock) {
    this.authority = authority;
    this.certificate = certificate;
    this.clock = clock;
  }

  /**
   * Takes the authority from the store; the first controller puts it there, from its files, where
   * the key is then removed. Together with its own record, so that there is no cluster that does
   * not know its founder.
   *
   * @param self this controller, if it founds the cluster
   * @return fails when the store's authority is not the one that these credentials believe
   */
  public static CompletionStage<StoredAuthority> settle(
      ObjectStore store,
      Credentials own,
      MemberRecord self,
      Validity validity,
      InstantSource clock,
      SecureRandom random) {
    return read(store, Freshness.LINEARIZABLE)
        .thenCompose(found -> found.isPresent() ? found(found.get()) : founded(store, own, self))
        .thenApply(
            stored -> {
              StoredAuthority settled = open(stored, own, validity, clock, random);
              own.forgetAuthorityKey();
              return settled;
            });
  }

  /**
   * From the local copy, which is enough to renew this member's own certificate. A founder that
   * died before it could remove the key from its files removes it now: with that, it would found
   * another cluster if it lost its store.
   */
  public static CompletionStage<Optional<StoredAuthority>> local(
      ObjectStore store,
      Credentials own,
      Validity validity,
      InstantSource clock,
      SecureRandom random) {
    return read(store, Freshness.LOCAL)
        .thenApply(
            found ->
                found.map(
                    stored -> {
                      StoredAuthority copied = open(stored, own, validity, clock, random);
                      own.forgetAuthorityKey();
                      return copied;
                    }));
  }

  /**
   * Makes the credentials of a directory whose store is a restored one: it has that store's
   * authority.
   *
   * @throws IllegalStateException when the store has none
   */
  public static void adopt(
      ObjectStore store,
      Path directory,
      Credentials.Wanted wanted,
      InstantSource clock,
      SecureRandom random) {
    byte[] stored =
        read(store, Freshness.LOCAL)
            .toCompletableFuture()
            .join()
            .orElseThrow(() -> new IllegalStateException("the backup has no authority in it"));
    Credentials own = Credentials.adopt(directory, identity(stored).certificate());
    open(stored, own, wanted.validity(), clock, random).renew(own, wanted);
  }

  private static CompletionStage<Optional<byte[]>> read(ObjectStore store, Freshness freshness) {
    return store.read(freshness, view -> view.record(KEY).map(each -> each.value()));
  }

  private static CompletionStage<byte[]> found(byte[] stored) {
    return CompletableFuture.completedStage(stored);
  }

  private static CompletionStage<byte[]> founded(
      ObjectStore store, Credentials own, MemberRecord self) {
    Identity founding =
        own.foundingAuthority()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "neither the store nor this directory has the authority's key"));
    byte[] value = Json.bytes(tree(founding));
    return store
        .commit(
            new Transaction(
                List.of(
                    new Operation.PutRecord(KEY, value, RecordCondition.ABSENT),
                    new Operation.PutRecord(
                        MemberRecord.key(self.name()), self.bytes(), RecordCondition.ABSENT))))
        .thenCompose(outcome -> read(store, Freshness.LINEARIZABLE))
        .thenApply(Optional::orElseThrow);
  }

  private static ObjectNode tree(Identity founding) {
    ObjectNode tree = Json.object();
    try {
      tree.put("key", Pem.of(founding.key()));
      tree.put("certificate", Pem.of(founding.certificate()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the authority cannot be encoded", e);
    }
    return tree;
  }

  private static StoredAuthority open(
      byte[] stored, Credentials own, Validity validity, InstantSource clock, SecureRandom random) {
    Identity identity = identity(stored);
    if (!identity.certificate().equals(own.authority())) {
      throw new IllegalStateException(
          "the certificates of this directory are of another cluster than its store");
    }
    String certificate = Json.object(stored).required("certificate").asString();
    return new StoredAuthority(
        new CertificateAuthority(identity, validity.life(), random), certificate, clock);
  }

  private static Identity identity(byte[] stored) {
    ObjectNode tree = Json.object(stored);
    try {
      return new Identity(
          Pem.key(tree.required("key").asString()),
          Pem.certificate(tree.required("certificate").asString()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "the authority in the store is damaged (" + stored.length + " bytes)", e);
    }
  }

  /** Issues what a controller's own credentials lack, or what ends soon. */
  public void renew(Credentials own, Credentials.Wanted wanted) {
    own.renew(authority, wanted, clock.instant());
  }

  @Override
  public String keyOf(String request) {
    return CertificateRequests.fingerprint(request);
  }

  @Override
  public String authority() {
    return certificate;
  }

  @Override
  public CompletionStage<String> sign(String request, Subject subject) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return Pem.of(
                authority.issueMember(CertificateRequests.key(request), subject, clock.instant()));
          } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the certificate could not be signed", e);
          }
        });
  }
}
