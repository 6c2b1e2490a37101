package io.ordinal.controller.cluster;

import io.ordinal.controller.store.ObjectStore;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What the decisions on the cluster are made with.
 *
 * @param elapsed a clock that only goes forward
 */
public record ClusterParts(
    ObjectStore store, ClusterSettings settings, Supplier<Duration> elapsed) {}
