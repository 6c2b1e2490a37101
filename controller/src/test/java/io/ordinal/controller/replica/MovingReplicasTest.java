package io.ordinal.controller.replica;

import static io.ordinal.controller.replica.ReplicaWorld.NODE;
import static io.ordinal.controller.replica.ReplicaWorld.WEB_0;
import static io.ordinal.controller.replica.ReplicaWorld.basis;
import static io.ordinal.controller.replica.ReplicaWorld.podOfSet;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.replica.ReplicaCommand.Begin;
import io.ordinal.controller.replica.ReplicaState.Pending;
import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.controller.replica.wire.StoredReplicaCodec;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.persistence.DurableStateSetup;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.Leave;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two controllers over one store, with a scan so slow that it can help nobody. */
class MovingReplicasTest {
  private static final String CLUSTER =
      "pekko { actor.provider = cluster\n"
          + "remote.artery.canonical { hostname = 127.0.0.1, port = 0 }\n"
          + "cluster { jmx.enabled = off, periodic-tasks-initial-delay = 100ms }\n"
          + "cluster.singleton.hand-over-retry-interval = 200ms\n"
          + "coordinated-shutdown.exit-jvm = off }\n"
          + "ordinal.replica { scan = 1h, place-again = 200ms }";
  private static final Duration MOST = Duration.ofSeconds(40);

  private ReplicaWorld world;
  private ActorTestKit first;
  private ActorTestKit second;
  private ShardedReplicas replicas;

  @BeforeEach
  void open() {
    world = new ReplicaWorld();
    world.kill(); // Only its store is wanted here.
    world.openTerm();
    world.openSet(1);
    first = kit();
    Address meeting = Cluster.get(first.system()).selfMember().address();
    join(first, meeting);
    replicas = init(first);
    // No node yet: it is pending, on the first controller.
    replicas
        .<Verdict<StoredObject>>ask(
            asker -> new Begin(WEB_0, basis(1, 1), List.of(), podOfSet(), List.of(), asker))
        .toCompletableFuture()
        .join();
    await().atMost(MOST).until(() -> world.state() instanceof Pending);
    second = kit();
    init(second);
    join(second, meeting);
  }

  @AfterEach
  void close() {
    second.shutdownTestKit();
    first.shutdownTestKit();
    world.close();
  }

  @Test
  void a_pending_replica_goes_on_elsewhere_when_its_controller_leaves() {
    Cluster cluster = Cluster.get(first.system());
    cluster.manager().tell(Leave.create(cluster.selfMember().address()));
    await().atMost(MOST).until(cluster::isTerminated);
    world.openNode(NODE);
    await().atMost(MOST).until(() -> world.state() instanceof Placed);
  }

  @Test
  void a_pending_replica_goes_on_elsewhere_when_its_controller_is_declared_dead() {
    Address dead = Cluster.get(first.system()).selfMember().address();
    Cluster.get(second.system()).manager().tell(new Down(dead));
    await().atMost(MOST).until(Cluster.get(first.system())::isTerminated);
    world.openNode(NODE);
    await().atMost(MOST).until(() -> world.state() instanceof Placed);
  }

  private ActorTestKit kit() {
    ActorSystemSetup setup =
        ActorSystemSetup.create(
            BootstrapSetup.create(
                ConfigFactory.parseString(CLUSTER).withFallback(ConfigFactory.load())),
            new DurableStateSetup(world.store, new ReplicaShape(new StoredReplicaCodec())));
    return ActorTestKit.create(ActorSystem.create(Behaviors.empty(), "moving", setup));
  }

  private static void join(ActorTestKit kit, Address meeting) {
    Cluster cluster = Cluster.get(kit.system());
    cluster.manager().tell(Join.create(meeting));
    await().atMost(MOST).until(() -> cluster.selfMember().status().equals(MemberStatus.up()));
  }

  private ShardedReplicas init(ActorTestKit kit) {
    Surroundings surroundings =
        new Surroundings(
            world.store,
            world.agents(),
            world.notes::add,
            () -> world.now,
            UUID::randomUUID,
            new NoCredentials(),
            () -> true);
    return ShardedReplicas.init(
        kit.system(),
        surroundings,
        ReplicaSettings.from(kit.system().settings().config().getConfig("ordinal.replica")));
  }
}
