package io.ordinal.controller.api.auth;

import io.ordinal.controller.store.ObjectKey;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What must be known of service accounts to believe their tokens. */
public interface Accounts {
  /** Empty as long as the cluster has none. Must not block. */
  Optional<ClusterSecrets> secrets();

  /** The uid of an account that exists. Must not block. */
  Optional<String> uid(AccountName account);

  /** Completes when all that was written before this call is known. */
  CompletionStage<Void> caughtUp();

  /** Whether the object that a token depends on is still this very one. */
  CompletionStage<Boolean> exists(ObjectKey key, String uid);
}
