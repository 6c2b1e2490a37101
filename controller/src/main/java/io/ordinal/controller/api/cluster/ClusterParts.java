package io.ordinal.controller.api.cluster;

import io.ordinal.controller.api.write.Bodies;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.StoreGroup;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;

/**
 * What the cluster's own part of the API acts through.
 *
 * @param memberTls whether members talk to each other by TLS
 * @param chance makes secrets
 * @param longestToken how long the token of a service account may hold at most
 */
public record ClusterParts(
    ObjectStore store,
    StoreGroup group,
    Neighbours neighbours,
    Signer signer,
    Backup backup,
    boolean memberTls,
    InstantSource clock,
    SecureRandom chance,
    Duration longestToken,
    Bodies bodies) {

  /** Copies the whole store. */
  @FunctionalInterface
  public interface Backup {
    /** The stream stays open. Written to by a thread of the store. */
    CompletionStage<?> write(OutputStream out);
  }
}
