package io.ordinal.controller.boot;

import io.ordinal.controller.api.ApiParts;
import io.ordinal.controller.api.ApiServer;
import io.ordinal.controller.api.ApiSettings;
import io.ordinal.controller.api.auth.ClientCertificates;
import io.ordinal.controller.api.cluster.ClusterParts;
import io.ordinal.controller.api.cluster.ClusterRoutes;
import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.api.openapi.OpenApiDocuments;
import io.ordinal.controller.api.write.Bodies;
import io.ordinal.controller.api.write.WriteParts;
import io.ordinal.controller.disruption.DisruptionSettings;
import io.ordinal.controller.metric.Figures;
import io.ordinal.controller.node.AgentRoutes;
import io.ordinal.controller.replica.Replicas;
import io.ordinal.controller.store.ObjectStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * What the API server is made of.
 *
 * @param refusedAgents how often an agent was turned away at the front door
 * @param age time since a majority of the store's group was last heard of, zero while there is one
 */
record ApiBoot(
    ActorSystem<?> system,
    ObjectStore store,
    Replicas replicas,
    AgentRoutes agents,
    KindRegistry kinds,
    Supplier<Duration> age,
    InstantSource clock,
    LongSupplier refusedAgents) {

  /**
   * @param openApi documents of the kinds
   */
  CompletionStage<ApiServer> bind(OpenApiDocuments openApi, Access access) {
    ApiSettings settings = ApiSettings.from(system.settings().config().getConfig("ordinal.api"));
    ApiParts parts =
        new ApiParts(
            access.store().forClients(),
            replicas,
            agents,
            agents,
            kinds,
            openApi,
            new ClientCertificates(access.authority(), clock),
            this::ready,
            age,
            Optional.of(
                new ClusterRoutes(
                    new ClusterParts(
                        store,
                        access.store().group(),
                        new PekkoNeighbours(system),
                        access.signer(),
                        access.store()::backup,
                        access.memberTls(),
                        clock,
                        new SecureRandom(),
                        settings.access().longestToken(),
                        new Bodies(settings.bodyLimitBytes(), settings.bodyPatience(), system)))),
            DisruptionSettings.from(system.settings().config()),
            figures(access)::text,
            new WriteParts.Origins(clock, () -> UUID.randomUUID().toString(), new SecureRandom()),
            System::nanoTime);
    return ApiServer.bind(system, parts, settings, Optional.of(access.tls()));
  }

  private Figures figures(Access access) {
    Figures figures = new Figures(store, access.group(), refusedAgents);
    system.getWhenTerminated().thenAccept(done -> figures.close());
    return figures;
  }

  /**
   * Requests can be served once this controller is in the cluster: replicas are reached through it.
   */
  private boolean ready() {
    return Cluster.get(system).selfMember().status().equals(MemberStatus.up());
  }
}
