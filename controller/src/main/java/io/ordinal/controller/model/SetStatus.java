package io.ordinal.controller.model;

/** The numbers of {@code StatefulSet.status}. */
public record SetStatus(
    long observedGeneration,
    int replicas,
    int readyReplicas,
    int availableReplicas,
    int currentReplicas,
    int updatedReplicas,
    String currentRevision,
    String updateRevision,
    int collisionCount) {}
