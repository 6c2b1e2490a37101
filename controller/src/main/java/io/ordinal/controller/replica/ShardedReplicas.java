package io.ordinal.controller.replica;

import io.ordinal.protocol.id.ReplicaId;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.HashCodeMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityContext;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** Replicas by way of cluster sharding: one actor an identity, on some controller. */
public final class ShardedReplicas implements Replicas {
  private static final EntityTypeKey<ReplicaCommand> TYPE =
      EntityTypeKey.create(ReplicaCommand.class, "replica");

  private final ActorSystem<?> system;
  private final ActorRef<ShardingEnvelope<ReplicaCommand>> region;
  private final ReplicaSettings settings;

  private ShardedReplicas(
      ActorSystem<?> system,
      ActorRef<ShardingEnvelope<ReplicaCommand>> region,
      ReplicaSettings settings) {
    this.system = system;
    this.region = region;
    this.settings = settings;
  }

  /**
   * Begins to host replicas on this member and starts the waker. The actor system must have been
   * made with a {@code DurableStateSetup} for a {@link ReplicaShape}. Call once in a system, on
   * members with the role {@code controller}.
   */
  public static ShardedReplicas init(
      ActorSystem<?> system, Surroundings world, ReplicaSettings settings) {
    ClusterShardingSettings sharding =
        ClusterShardingSettings.create(system)
            .withRememberEntities(false)
            .withNoPassivationStrategy(); // A replica leaves by itself, when it is vacant.
    Entity<ReplicaCommand, ShardingEnvelope<ReplicaCommand>> entity =
        Entity.of(
                TYPE,
                context ->
                    Replica.create(
                        ReplicaId.parse(context.getEntityId()),
                        world,
                        settings,
                        residence(system, context)))
            .withStopMessage(new Replica.Leave())
            .withMessageExtractor(new HashCodeMessageExtractor<>(settings.shards()))
            .withSettings(sharding);
    ActorRef<ShardingEnvelope<ReplicaCommand>> region = ClusterSharding.get(system).init(entity);
    ShardedReplicas replicas = new ShardedReplicas(system, region, settings);
    system.systemActorOf(
        ReplicaWaker.create(replicas, world.store(), settings), "replica-waker", Props.empty());
    return replicas;
  }

  private static Residence residence(ActorSystem<?> system, EntityContext<ReplicaCommand> context) {
    return new Residence() {
      @Override
      public void leave(ActorRef<ReplicaCommand> self) {
        context.getShard().tell(new ClusterSharding.Passivate<>(self));
      }

      /**
       * The region keeps the message until the shard has its next home. One that shuts down would
       * wait for that in vain; the others notice when this controller has left.
       */
      @Override
      public void callElsewhere() {
        if (CoordinatedShutdown.get(system).getShutdownReason().isPresent()) return;
        ReplicaId replica = ReplicaId.parse(context.getEntityId());
        ClusterSharding.get(system)
            .entityRefFor(TYPE, context.getEntityId())
            .tell(new ReplicaCommand.Wake(replica));
      }
    };
  }

  @Override
  public void tell(ReplicaCommand command) {
    region.tell(new ShardingEnvelope<>(command.replica().toString(), command));
  }

  @Override
  public <R> CompletionStage<R> ask(Function<ActorRef<R>, ReplicaCommand> command) {
    return AskPattern.ask(
        region,
        (ActorRef<R> asker) -> {
          ReplicaCommand asked = command.apply(asker);
          return new ShardingEnvelope<>(asked.replica().toString(), asked);
        },
        settings.askTimeout(),
        system.scheduler());
  }
}
