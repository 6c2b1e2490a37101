package io.ordinal.controller.replica;

import static io.ordinal.controller.replica.ReplicaWorld.NODE;
import static io.ordinal.controller.replica.ReplicaWorld.WEB_0;
import static io.ordinal.controller.replica.ReplicaWorld.basis;
import static io.ordinal.controller.replica.ReplicaWorld.podOfSet;
import static io.ordinal.controller.replica.ReplicaWorld.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.replica.ReplicaCommand.Begin;
import io.ordinal.controller.replica.ReplicaCommand.Delete;
import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.controller.replica.ReplicaState.Vacant;
import io.ordinal.controller.replica.wire.StoredReplicaCodec;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.persistence.DurableStateSetup;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import io.ordinal.protocol.id.Incarnation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replicas by way of a cluster of one, every message through its bytes. */
class ShardedReplicasTest {
  private static final String CLUSTER =
      "pekko { actor { provider = cluster, serialize-messages = on }\n"
          + "remote.artery.canonical { hostname = 127.0.0.1, port = 0 }\n"
          + "cluster.jmx.enabled = off\n"
          + "coordinated-shutdown.exit-jvm = off }\n"
          + "ordinal.replica { idle = 200ms, scan = 200ms, start-again = 100ms }";

  private ReplicaWorld world;
  private ActorTestKit kit;
  private ShardedReplicas replicas;
  private ReplicaLives lives;

  @BeforeEach
  void open() {
    world = new ReplicaWorld();
    world.kill(); // Only its store is wanted here.
    world.openTerm();
    world.openSet(1);
    world.openNode(NODE);
    ActorSystemSetup setup =
        ActorSystemSetup.create(
            BootstrapSetup.create(
                ConfigFactory.parseString(CLUSTER).withFallback(ConfigFactory.load())),
            new DurableStateSetup(world.store, new ReplicaShape(new StoredReplicaCodec())));
    kit = ActorTestKit.create(ActorSystem.create(Behaviors.empty(), "sharded", setup));
    Cluster cluster = Cluster.get(kit.system());
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    Surroundings surroundings =
        new Surroundings(
            world.store,
            world.agents(),
            world.notes::add,
            () -> world.now,
            UUID::randomUUID,
            new NoCredentials(),
            () -> false);
    ReplicaSettings settings =
        ReplicaSettings.from(kit.system().settings().config().getConfig("ordinal.replica"));
    replicas = ShardedReplicas.init(kit.system(), surroundings, settings);
    lives = new ReplicaLives(world.store, new StoredReplicaCodec(), replicas, new NoCredentials());
  }

  @AfterEach
  void close() {
    kit.shutdownTestKit();
    world.close();
  }

  @Test
  void a_life_passes_through_shards_nodes_and_back() {
    begin();
    await().until(() -> world.state() instanceof Placed);
    Incarnation life = world.state().incarnation();
    await().until(() -> world.toldToStart(NODE, life));

    Optional<LifeOrder> order = now(lives.confirm(NODE, WEB_0, life));
    assertThat(order).isPresent();
    assertThat(now(lives.confirm(NODE, WEB_0, new Incarnation(life.value() + 1)))).isEmpty();
    assertThat(now(lives.confirm(ReplicaWorld.session("node-b", 9), WEB_0, life))).isEmpty();

    now(lives.report(NODE, status(life, 1, Phase.RUNNING, 0)));
    Verdict<StoredObject> deleted =
        now(
            replicas.ask(
                asker ->
                    new Delete(
                        WEB_0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Duration.ZERO),
                        false,
                        asker)));
    assertThat(deleted).isInstanceOf(Verdict.Done.class);
    assertThat(now(lives.confirm(NODE, WEB_0, life))).isEmpty(); // It must not start any more.
    now(lives.report(NODE, status(life, 2, Phase.ENDED, 0)));
    assertThat(world.state()).isInstanceOf(Vacant.class);
    // It passivates, and comes back when it is spoken to.
    begin();
    await().until(() -> world.state().incarnation().isAfter(life));
  }

  @Test
  void a_replica_that_nobody_speaks_to_is_woken_by_the_scan() {
    world.start(); // Another actor, of a controller that dies right after Begin.
    world.put(NODE, io.ordinal.controller.model.NodeStanding.Standing.FENCED);
    world.done(asker -> new Begin(WEB_0, basis(1, 1), List.of(), podOfSet(), List.of(), asker));
    world.kill();
    world.openNode(ReplicaWorld.session("node-a", 2));
    await().until(() -> world.state() instanceof Placed);
  }

  private void begin() {
    Verdict<StoredObject> begun =
        now(
            replicas.ask(
                asker -> new Begin(WEB_0, basis(1, 1), List.of(), podOfSet(), List.of(), asker)));
    assertThat(begun).isInstanceOf(Verdict.Done.class);
  }

  private static <T> T now(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new AssertionError("no answer", failure);
    }
  }
}
