package io.ordinal.controller.api;

import io.ordinal.controller.api.auth.Authenticator;
import io.ordinal.controller.api.cluster.ClusterApi;
import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.api.openapi.OpenApiDocuments;
import io.ordinal.controller.api.write.WriteParts.Origins;
import io.ordinal.controller.disruption.DisruptionSettings;
import io.ordinal.controller.node.Agents;
import io.ordinal.controller.node.Usages;
import io.ordinal.controller.replica.Replicas;
import io.ordinal.controller.store.ObjectStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the API server is made of.
 *
 * @param ready whether requests can be served; asked by /readyz, must not block
 * @param metrics in the text format of Prometheus
 * @param age time since a majority of the store's group was last heard of, zero while there is one;
 *     must not block
 * @param cluster answers what concerns the cluster itself; absent in tests of the rest
 * @param nanoTime monotonic
 */
public record ApiParts(
    ObjectStore store,
    Replicas replicas,
    Agents agents,
    Usages usages,
    KindRegistry kinds,
    OpenApiDocuments openApi,
    Authenticator authenticator,
    BooleanSupplier ready,
    Supplier<Duration> age,
    Optional<ClusterApi> cluster,
    DisruptionSettings disruption,
    Supplier<CompletionStage<String>> metrics,
    Origins origins,
    LongSupplier nanoTime) {}
