package io.ordinal.controller.api.cluster;

import io.ordinal.controller.api.write.Bodies;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.StoreGroup;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;

/**
 * What the cluster's own part of the API acts through.
 *
 * @param memberTls whether members talk to each other by TLS
 * @param chance makes secrets, so it must be a good one
 */
public record ClusterParts(
    ObjectStore store,
    StoreGroup group,
    Neighbours neighbours,
    Signer signer,
    Backup backup,
    boolean memberTls,
    InstantSource clock,
    RandomGenerator chance,
    Bodies bodies) {

  /** Copies the whole store. */
  @FunctionalInterface
  public interface Backup {
    /** The stream stays open. Written to by a thread of the store. */
    CompletionStage<?> write(OutputStream out);
  }
}
