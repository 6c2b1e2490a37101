package io.ordinal.controller.boot;

import com.typesafe.config.Config;
import io.ordinal.controller.api.ApiServer;
import io.ordinal.controller.api.access.AccessSettings;
import io.ordinal.controller.api.access.BuiltInRoles;
import io.ordinal.controller.api.access.SignedCredentials;
import io.ordinal.controller.api.auth.ClusterSecrets;
import io.ordinal.controller.api.cluster.MemberAdmission;
import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.api.openapi.OpenApiDocuments;
import io.ordinal.controller.cluster.ClusterParts;
import io.ordinal.controller.cluster.ClusterSettings;
import io.ordinal.controller.cluster.ControllerRecord;
import io.ordinal.controller.cluster.Formation;
import io.ordinal.controller.cluster.Membership;
import io.ordinal.controller.cluster.StoreCopySetup;
import io.ordinal.controller.disruption.DisruptionController;
import io.ordinal.controller.disruption.DisruptionSettings;
import io.ordinal.controller.event.EventExpiry;
import io.ordinal.controller.event.EventSettings;
import io.ordinal.controller.event.EventWriter;
import io.ordinal.controller.event.Events;
import io.ordinal.controller.event.StoreEvents;
import io.ordinal.controller.garbage.Collected;
import io.ordinal.controller.garbage.DefaultAccounts;
import io.ordinal.controller.garbage.Foundations;
import io.ordinal.controller.garbage.GarbageCollector;
import io.ordinal.controller.garbage.GarbagePorts;
import io.ordinal.controller.garbage.GarbageSettings;
import io.ordinal.controller.network.EndpointController;
import io.ordinal.controller.network.EndpointSettings;
import io.ordinal.controller.network.PodRange;
import io.ordinal.controller.node.AgentRoutes;
import io.ordinal.controller.node.Agents;
import io.ordinal.controller.node.FrontDoor;
import io.ordinal.controller.node.Hearers;
import io.ordinal.controller.node.LeaseWatch;
import io.ordinal.controller.node.Lives;
import io.ordinal.controller.node.NodeSettings;
import io.ordinal.controller.replica.PodCredentials;
import io.ordinal.controller.replica.ReplicaLives;
import io.ordinal.controller.replica.ReplicaSettings;
import io.ordinal.controller.replica.ReplicaShape;
import io.ordinal.controller.replica.Replicas;
import io.ordinal.controller.replica.ShardCount;
import io.ordinal.controller.replica.ShardedReplicas;
import io.ordinal.controller.replica.Surroundings;
import io.ordinal.controller.replica.wire.StoredReplicaCodec;
import io.ordinal.controller.set.SetController;
import io.ordinal.controller.set.SetPorts;
import io.ordinal.controller.set.SetSettings;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoreGroup;
import io.ordinal.controller.store.persistence.DurableStateSetup;
import io.ordinal.controller.volume.VolumePorts;
import io.ordinal.controller.volume.VolumeReclaimer;
import io.ordinal.controller.volume.VolumeSettings;
import io.ordinal.controller.volume.WaitingClaims;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;
import org.apache.pekko.pattern.Patterns;

/**
 * A controller: everything between the store and the API, wired. The order below is the order in
 * which the parts know each other: events, agents, replicas, the front door, sets, garbage, and at
 * last the API.
 */
public final class Controller {
  private static final Duration API_GRACE = Duration.ofSeconds(1);
  private static final Duration LAY_AGAIN = Duration.ofSeconds(1);
  private final ActorContext<?> context;
  private final ActorSystem<?> system;
  private final ObjectStore store;
  private final StoreGroup group;
  private final Config config;
  private final InstantSource clock = InstantSource.system();

  private Controller(ActorContext<?> context, ObjectStore store, StoreGroup group) {
    this.context = context;
    this.system = context.getSystem();
    this.store = store;
    this.group = group;
    this.config = system.settings().config();
  }

  /** With what the actor system must be made, so that replicas and checks find the store. */
  public static ActorSystemSetup setup(ObjectStore store, StoreGroup group) {
    return ActorSystemSetup.create(
        new DurableStateSetup(store, new ReplicaShape(new StoredReplicaCodec())),
        new StoreCopySetup(group::age));
  }

  /**
   * Spawns the controller's actors below the guardian, binds the API, and looks for the cluster or
   * forms it. Of these only the last needs the store's majority.
   *
   * @param context the guardian's: the front door must stand directly below {@code /user}
   */
  public static Course start(
      ActorContext<?> context, ObjectStore store, StoreGroup group, Place place, Access access) {
    return new Controller(context, store, group).start(place, access);
  }

  private Course start(Place place, Access access) {
    KindRegistry kinds = KindRegistry.standard();
    // Loads every class of the model too, so that the first request finds them loaded.
    CompletionStage<OpenApiDocuments> openApi =
        CompletableFuture.supplyAsync(() -> OpenApiDocuments.of(kinds));
    Membership membership = formation(place);
    StoreEvents events = events();
    NodeSettings nodes = NodeSettings.of(config.getConfig("ordinal.nodes"));
    AgentRoutes agents = new AgentRoutes(system, store, nodes);
    PodCredentials credentials = credentials(access);
    Surroundings world = surroundings(agents, events, credentials);
    Replicas replicas =
        ShardedReplicas.init(
            system, world, ReplicaSettings.from(config.getConfig("ordinal.replica")));
    ActorRef<VolumeReclaimer.Command> reclaimer = reclaimer(agents, events);
    DrillBoot drills = new DrillBoot(context, store, config, clock);
    Lives lives =
        drills.witnessed(new ReplicaLives(store, new StoredReplicaCodec(), replicas, credentials));
    MemberAdmission admission = admission(access, nodes);
    context.spawn(
        FrontDoor.create(
            store,
            lives,
            new Hearers(
                (node, volume, obstacle) ->
                    reclaimer.tell(new VolumeReclaimer.Answered(node, volume, obstacle)),
                drills.news()),
            admission,
            events,
            new FrontDoor.Origins(clock, UUID::randomUUID),
            nodes),
        FrontDoorRequest.ACTOR_NAME);
    context.spawn(
        LeaseWatch.create(
            store, lives, events, clock, () -> Duration.ofNanos(System.nanoTime()), nodes),
        "lease-watch");
    ApiBoot api =
        new ApiBoot(system, store, replicas, agents, kinds, group::age, clock, admission::refused);
    singletons(membership, replicas, agents, events, kinds, drills);
    CompletionStage<Done> bound =
        openApi
            .thenCompose(documents -> api.bind(documents, access))
            .thenApply(
                server -> {
                  unbindFirst(server);
                  return Done.getInstance();
                });
    CompletionStage<Done> whole =
        bound
            .thenCombine(membership.formed(), (done, number) -> done)
            .thenCombine(foundations(), (done, laid) -> done);
    return new Course(bound, whole, membership.outdated());
  }

  private Surroundings surroundings(Agents agents, Events told, PodCredentials credentials) {
    return new Surroundings(
        store,
        agents,
        told,
        clock,
        UUID::randomUUID,
        credentials,
        () -> group.members().size() > 1);
  }

  private PodCredentials credentials(Access access) {
    return new SignedCredentials(
        access.signer().authority(),
        AccessSettings.from(config.getConfig("ordinal.api.access")).longestToken(),
        clock,
        () -> UUID.randomUUID().toString());
  }

  private MemberAdmission admission(Access access, NodeSettings nodes) {
    return new MemberAdmission(
        store, access.memberTls(), nodes.admissionAge(), () -> Duration.ofNanos(System.nanoTime()));
  }

  private void singletons(
      Membership membership,
      Replicas replicas,
      AgentRoutes agents,
      StoreEvents events,
      KindRegistry kinds,
      DrillBoot drills) {
    singleton(
        "set-controller",
        SetController.create(sets(membership, replicas, events, kinds), SetSettings.from(config)));
    singleton(
        "garbage-collector",
        GarbageCollector.create(garbage(replicas, kinds), GarbageSettings.from(config)));
    singleton(
        "default-accounts",
        DefaultAccounts.create(
            store, clock, () -> UUID.randomUUID().toString(), GarbageSettings.from(config)));
    singleton(
        "disruption-controller",
        DisruptionController.create(store, clock, DisruptionSettings.from(config)));
    singleton(
        "endpoint-controller",
        EndpointController.create(
            store,
            new EndpointController.Origins(clock, () -> UUID.randomUUID().toString()),
            EndpointSettings.from(config)));
    singleton(
        "waiting-claims",
        WaitingClaims.create(
            store, events, VolumeSettings.from(config.getConfig("ordinal.volumes"))));
    DrillReach reach = new DrillReach(system, store, group, agents);
    singleton("drill-controller", drills.controller(replicas, reach, events));
  }

  private Membership formation(Place place) {
    ControllerRecord self =
        new ControllerRecord(
            group.self(),
            place.name(),
            Formation.seat(system),
            place.api(),
            place.management(),
            place.store(),
            place.drills());
    Membership membership = new Membership();
    ClusterParts parts =
        new ClusterParts(
            store,
            ClusterSettings.of(config.getConfig("ordinal.cluster")),
            () -> Duration.ofNanos(System.nanoTime()));
    context.spawn(Formation.create(parts, self, membership), Formation.ACTOR_NAME);
    return membership;
  }

  /** As often as it takes: the store may have no majority yet. */
  private CompletionStage<Void> foundations() {
    Foundations foundations = new Foundations(store, clock, () -> UUID.randomUUID().toString());
    BuiltInRoles roles = new BuiltInRoles(store, clock, () -> UUID.randomUUID().toString());
    PodRange range = new PodRange(store, config.getString("ordinal.network.pods"));
    ShardCount shards = new ShardCount(store, config.getInt("ordinal.replica.shards"));
    return Patterns.retry(
        () ->
            shards
                .settle()
                .thenCompose(settled -> range.settle())
                .thenCompose(settled -> foundations.lay())
                .thenCompose(laid -> roles.lay())
                .thenCompose(laid -> ClusterSecrets.settle(store, new SecureRandom()))
                .thenAccept(laid -> {}),
        Integer.MAX_VALUE,
        LAY_AGAIN,
        system);
  }

  private ActorRef<VolumeReclaimer.Command> reclaimer(AgentRoutes agents, Events events) {
    return context.spawn(
        VolumeReclaimer.create(
            new VolumePorts(
                store,
                (node, volume, path) -> {
                  var order = new AgentCommand.RemoveVolume(volume, path);
                  node.ifPresentOrElse(on -> agents.tell(on, order), () -> agents.tellAny(order));
                },
                events,
                clock,
                UUID::randomUUID),
            VolumeSettings.from(config.getConfig("ordinal.volumes"))),
        "volume-reclaimer");
  }

  private GarbagePorts garbage(Replicas replicas, KindRegistry kinds) {
    List<Collected> collected =
        kinds.all().stream()
            .filter(kind -> kind.isStored() && kind.shown().isEmpty())
            .map(
                kind ->
                    new Collected(
                        kind.resource(), kind.kind(), kind.namespaced(), kind.hasGeneration()))
            .toList();
    return new GarbagePorts(store, replicas, clock, collected);
  }

  private SetPorts sets(
      Membership membership, Replicas replicas, Events events, KindRegistry kinds) {
    ResourceKind set = kinds.require(ResourceName.of("apps", "statefulsets"));
    return new SetPorts(
        store,
        membership::present,
        replicas,
        events,
        clock,
        () -> UUID.randomUUID().toString(),
        tree -> {
          set.applyDefaults(tree);
          return tree;
        });
  }

  private StoreEvents events() {
    EventSettings settings = EventSettings.of(config.getConfig("ordinal.events"));
    StoreEvents events = new StoreEvents(settings);
    context.spawn(EventWriter.create(events, store, clock, settings), "event-writer");
    context.spawn(EventExpiry.create(store, clock, settings), "event-expiry");
    return events;
  }

  private <M> void singleton(String name, Behavior<M> behavior) {
    Behavior<Kept.Begin> kept =
        Kept.going(behavior, config.getDuration("ordinal.singletons.begin-anew-after"));
    ClusterSingleton.get(system).init(SingletonActor.of(kept, name));
  }

  private void unbindFirst(ApiServer server) {
    CoordinatedShutdown.get(system)
        .addTask(CoordinatedShutdown.PhaseServiceUnbind(), "api", () -> server.close(API_GRACE));
  }
}
