package io.ordinal.cli.resource;

import tools.jackson.databind.JsonNode;

/**
 * How far a StatefulSet's update is, in the words of {@code kubectl rollout status}. Pure.
 *
 * @param message for people
 * @param complete whether there is nothing to wait for
 */
public record RolloutState(String message, boolean complete) {

  /**
   * @throws IllegalArgumentException of a set that updates only what users delete
   */
  public static RolloutState of(JsonNode set) {
    JsonNode strategy = set.path("spec").path("updateStrategy");
    if (strategy.path("type").asString("").equals("OnDelete")) {
      throw new IllegalArgumentException(
          "rollout status is only available for RollingUpdate strategy type");
    }
    JsonNode status = set.path("status");
    long generation = set.path("metadata").path("generation").asLong(0);
    long observed = status.path("observedGeneration").asLong(0);
    if (observed == 0 || generation > observed) {
      return waits("Waiting for statefulset spec update to be observed...");
    }
    int replicas = set.path("spec").path("replicas").asInt(1);
    int ready = status.path("readyReplicas").asInt(0);
    if (ready < replicas) {
      return waits("Waiting for " + (replicas - ready) + " pods to be ready...");
    }
    int updated = status.path("updatedReplicas").asInt(0);
    int partition = strategy.path("rollingUpdate").path("partition").asInt(0);
    if (partition > 0) return partitioned(updated, replicas - partition);
    String wanted = status.path("updateRevision").asString("");
    if (!wanted.equals(status.path("currentRevision").asString(""))) {
      return waits(
          "waiting for statefulset rolling update to complete "
              + updated
              + " pods at revision "
              + wanted
              + "...");
    }
    int current = status.path("currentReplicas").asInt(0);
    return new RolloutState(
        "statefulset rolling update complete " + current + " pods at revision " + wanted + "...",
        true);
  }

  private static RolloutState partitioned(int updated, int wanted) {
    if (updated < wanted) {
      return waits(
          "Waiting for partitioned roll out to finish: "
              + updated
              + " out of "
              + wanted
              + " new pods have been updated...");
    }
    return new RolloutState(
        "partitioned roll out complete: " + updated + " new pods have been updated...", true);
  }

  private static RolloutState waits(String message) {
    return new RolloutState(message, false);
  }
}
