package io.ordinal.controller.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.garbage.Foundations;
import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.node.Agents;
import io.ordinal.controller.node.LeaseWatch;
import io.ordinal.controller.node.Lives;
import io.ordinal.controller.node.NodeSettings;
import io.ordinal.controller.node.Sessions;
import io.ordinal.controller.node.wire.SessionCodec;
import io.ordinal.controller.replica.NoCredentials;
import io.ordinal.controller.replica.ReplicaLives;
import io.ordinal.controller.replica.ReplicaSettings;
import io.ordinal.controller.replica.ReplicaShape;
import io.ordinal.controller.replica.ShardedReplicas;
import io.ordinal.controller.replica.Surroundings;
import io.ordinal.controller.replica.wire.StoredReplicaCodec;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.controller.store.persistence.DurableStateSetup;
import io.ordinal.controller.store.raft.RaftObjectStore;
import io.ordinal.controller.store.raft.StoreSettings;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.LogChunk;
import io.ordinal.protocol.agent.StreamAnswer;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.Session;
import io.ordinal.protocol.id.SetKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * The loss of a node, from the last renewal of its lease to the next life elsewhere, through the
 * real store, watch, replicas and sequencer; only the nodes are not there. The timers that make up
 * for lost hints are too slow to help.
 */
class NodeLossWalkTest {
  private static final Config CONFIG =
      ConfigFactory.parseString(
              "pekko.actor.provider = cluster\n"
                  + "pekko.remote.artery.canonical { hostname = 127.0.0.1, port = 0 }\n"
                  + "pekko.cluster.jmx.enabled = off\n"
                  + "pekko.coordinated-shutdown.exit-jvm = off\n"
                  + "ordinal.store.port = 0\n"
                  + "ordinal.replica { look-again = 10m, place-again = 10m, scan = 10m }\n"
                  + "ordinal.sets.resync = 10m\n"
                  + "ordinal.nodes { lease = 1500ms, margin = 500ms, late = 1s, look = 50ms }")
          .withFallback(ConfigFactory.load());
  private static final SetKey WEB = new SetKey("default", "web");

  @TempDir Path directory;
  private final FakeNode first = new FakeNode("node-a", 1);
  private final FakeNode second = new FakeNode("node-b", 2);
  private final ScheduledExecutorService leases = Executors.newSingleThreadScheduledExecutor();
  private RaftObjectStore store;
  private ActorTestKit kit;
  private volatile boolean cut;

  @BeforeEach
  void open() {
    store = RaftObjectStore.start(StoreSettings.from(CONFIG.getConfig("ordinal.store")), directory);
    ActorSystemSetup setup =
        ActorSystemSetup.create(
            BootstrapSetup.create(CONFIG),
            new DurableStateSetup(store, new ReplicaShape(new StoredReplicaCodec())));
    kit = ActorTestKit.create(ActorSystem.create(Behaviors.empty(), "loss", setup));
    Cluster cluster = Cluster.get(kit.system());
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    InstantSource clock = InstantSource.system();
    Surroundings surroundings =
        new Surroundings(
            store, nodes(), note -> {}, clock, UUID::randomUUID, new NoCredentials(), () -> true);
    ShardedReplicas replicas =
        ShardedReplicas.init(
            kit.system(), surroundings, ReplicaSettings.from(CONFIG.getConfig("ordinal.replica")));
    Lives lives = new ReplicaLives(store, new StoredReplicaCodec(), replicas, new NoCredentials());
    first.register(store, lives);
    second.register(store, lives);
    leases.scheduleAtFixedRate(this::renew, 0, 100, TimeUnit.MILLISECONDS);
    new Foundations(store, clock, () -> UUID.randomUUID().toString())
        .lay()
        .toCompletableFuture()
        .join();
    kit.spawn(
        LeaseWatch.create(
            store,
            lives,
            note -> {},
            clock,
            () -> Duration.ofNanos(System.nanoTime()),
            NodeSettings.of(CONFIG.getConfig("ordinal.nodes"))));
    SetPorts ports =
        new SetPorts(
            store,
            SampleSets.IN_OFFICE,
            replicas,
            note -> {},
            clock,
            () -> UUID.randomUUID().toString(),
            tree -> tree);
    kit.spawn(SetController.create(ports, SetSettings.from(CONFIG)));
  }

  @AfterEach
  void close() {
    leases.shutdownNow();
    kit.shutdownTestKit();
    store.close();
  }

  @Test
  void the_replicas_of_a_lost_node_begin_elsewhere_at_once() {
    commit(new Operation.Put(SetNames.key(WEB), new ApiObject(movable()).draft(), Condition.ANY));
    await().atMost(Duration.ofSeconds(20)).until(() -> on("node-a") + on("node-b") == 3);
    await().until(() -> on("node-a") > 0);
    List<String> before = incarnations();

    cut = true;
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(2))
        .until(() -> standing(first.session()) == Standing.FENCED);
    long fenced = System.nanoTime();
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(2))
        .until(() -> on("node-b") == 3);
    Duration taken = Duration.ofNanos(System.nanoTime() - fenced);
    System.out.println("fenced -> all placed and ready elsewhere: " + taken.toMillis() + " ms");
    assertThat(taken).isLessThan(Duration.ofSeconds(10));
    assertThat(incarnations()).isNotEqualTo(before);
  }

  /** Ready pods there. */
  private long on(String node) {
    return pods().stream()
        .filter(pod -> pod.spec().path("nodeName").asString("").equals(node))
        .filter(pod -> pod.status().path("phase").asString("").equals("Running"))
        .count();
  }

  private List<String> incarnations() {
    return pods().stream().map(pod -> pod.annotations().get("ordinal.io/incarnation")).toList();
  }

  private List<ApiObject> pods() {
    return read(view -> view.list(SetNames.PODS, "default").stream().map(ApiObject::of).toList());
  }

  private Standing standing(Session session) {
    return read(view -> Sessions.standing(view, session)).orElseThrow().standing();
  }

  private <T> T read(Function<View, T> query) {
    return store.read(Freshness.LOCAL, query).toCompletableFuture().join();
  }

  private void renew() {
    if (!cut) renew(first.session());
    renew(second.session());
  }

  private void renew(Session session) {
    RecordKey lease = new RecordKey("lease", String.format("%020d", session.number()));
    commit(
        new Operation.PutRecord(
            lease, SessionCodec.encodeLease(1, Instant.EPOCH), RecordCondition.ANY));
  }

  private void commit(Operation operation) {
    store.commit(Transaction.of(operation)).toCompletableFuture().join();
  }

  private static ObjectNode movable() {
    ObjectNode set = SampleSets.tree();
    set.withObjectProperty("metadata").withObjectProperty("annotations").remove(SetNames.FAILOVER);
    set.withObjectProperty("spec").put("podManagementPolicy", "Parallel");
    set.withObjectProperty("spec").remove("volumeClaimTemplates");
    ((ObjectNode) set.at("/spec/template/spec/containers/0")).remove("volumeMounts");
    return set;
  }

  /** A lost node hears nothing. */
  private Agents nodes() {
    return new Agents() {
      @Override
      public void tell(Session session, AgentCommand command) {
        tell(session.node(), command);
      }

      @Override
      public void tell(NodeName node, AgentCommand command) {
        boolean toFirst = node.equals(first.session().node());
        if (!toFirst) second.tell(node, command);
        else if (!cut) first.tell(node, command);
      }

      @Override
      public CompletionStage<LogChunk> readLog(
          NodeName node, Function<ActorRef<LogChunk>, AgentCommand.ReadLog> request) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException());
      }

      @Override
      public CompletionStage<StreamAnswer> openStream(
          NodeName node, Function<ActorRef<StreamAnswer>, AgentCommand.OpenStream> request) {
        throw new UnsupportedOperationException();
      }
    };
  }
}
