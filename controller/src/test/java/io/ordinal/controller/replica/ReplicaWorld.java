package io.ordinal.controller.replica;

import com.typesafe.config.ConfigFactory;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.event.EventNote;
import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.model.SessionRecord;
import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.node.Agents;
import io.ordinal.controller.node.Sessions;
import io.ordinal.controller.node.wire.SessionCodec;
import io.ordinal.controller.replica.wire.StoredReplicaCodec;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.InMemoryObjectStore;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.persistence.DurableStateSetup;
import io.ordinal.controller.volume.VolumeWorld;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LogChunk;
import io.ordinal.protocol.agent.StreamAnswer;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import io.ordinal.protocol.id.SetKey;
import io.ordinal.protocol.id.Term;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import tools.jackson.databind.node.ObjectNode;

/** One node, one set, one store, and the replica actor under test in an actor system of its own. */
final class ReplicaWorld implements AutoCloseable {
  static final ReplicaId WEB_0 = new ReplicaId("shop", "web-0");
  static final Session NODE = session("node-a", 1);
  static final SetKey SET = new SetKey("shop", "web");
  static final String SET_UID = "11111111-0000-0000-0000-000000000001";

  private static final Residence NOWHERE =
      new Residence() {
        @Override
        public void leave(ActorRef<ReplicaCommand> self) {}

        @Override
        public void callElsewhere() {}
      };

  /** What the agents were told. */
  record Told(Session session, AgentCommand command) {}

  final InMemoryObjectStore store;
  final List<Told> told = new CopyOnWriteArrayList<>();
  final List<EventNote> notes = new CopyOnWriteArrayList<>();
  volatile Instant now = Instant.parse("2026-11-20T12:00:00Z");
  volatile boolean deaf;
  private final ActorTestKit kit;
  private ActorRef<ReplicaCommand> replica;

  ReplicaWorld() {
    this(new InMemoryObjectStore());
  }

  /** Goes on with a store that outlived another world. */
  ReplicaWorld(InMemoryObjectStore store) {
    this.store = store;
    ActorSystemSetup setup =
        ActorSystemSetup.create(
            BootstrapSetup.create(
                ConfigFactory.parseString(
                        "ordinal.replica { place-again = 100ms, start-again = 100ms,"
                            + " stop-again = 100ms, look-again = 100ms, restart-min = 5ms,"
                            + " address-patience = 30s }")
                    .withFallback(ConfigFactory.load())),
            new DurableStateSetup(store, new ReplicaShape(new StoredReplicaCodec())));
    kit = ActorTestKit.create(ActorSystem.create(Behaviors.empty(), "test", setup));
    start();
  }

  static ReplicaWorld furnished() {
    ReplicaWorld world = new ReplicaWorld();
    world.openTerm();
    world.openSet(1);
    world.openNode(NODE);
    return world;
  }

  ApiObject begin(byte[] pod) {
    return done(
        asker -> new ReplicaCommand.Begin(WEB_0, basis(1, 1), List.of(), pod, List.of(), asker));
  }

  void start() {
    Surroundings surroundings =
        new Surroundings(
            store,
            agents(),
            notes::add,
            () -> now,
            UUID::randomUUID,
            new NoCredentials(),
            () -> false);
    ReplicaSettings settings =
        ReplicaSettings.from(kit.system().settings().config().getConfig("ordinal.replica"));
    replica = kit.spawn(Replica.create(WEB_0, surroundings, settings, NOWHERE));
  }

  /** Remembers what agents are told. */
  Agents agents() {
    return new Agents() {
      @Override
      public void tell(Session session, AgentCommand command) {
        if (!deaf) told.add(new Told(session, command));
      }

      @Override
      public void tell(NodeName node, AgentCommand command) {
        throw new AssertionError("a replica speaks to sessions, but told " + command);
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

  /** The actor is gone at once; what was written stays. */
  void kill() {
    kit.stop(replica);
  }

  void openNode(Session session) {
    put(session, Standing.READY);
    RecordKey latest = new RecordKey("node-session", session.node().value());
    commit(
        new Operation.PutRecord(latest, SessionCodec.encodeLatest(session), RecordCondition.ANY));
    ApiObject node =
        object(
            "{'kind':'Node','metadata':{'name':'%s','uid':'%s','labels':{}},'spec':{}}",
            session.node(), UUID.randomUUID());
    commit(
        new Operation.PutIfAbsent(
            new ObjectKey(ReplicaRecords.NODES, "", session.node().value()), node.draft()));
  }

  void put(Session session, Standing standing) {
    SessionRecord record =
        new SessionRecord(
            session, standing, "192.0.2.1", "", 0, Optional.empty(), Duration.ofSeconds(6));
    commit(
        new Operation.PutRecord(
            Sessions.key(session), SessionCodec.encode(record), RecordCondition.ANY));
  }

  void openSet(long generation) {
    ApiObject set =
        object(
            "{'kind':'StatefulSet','metadata':{'name':'web','namespace':'shop','uid':'%s',"
                + "'generation':%d}}",
            SET_UID, generation);
    commit(new Operation.Put(ReplicaRecords.set(SET), set.draft(), Condition.ANY));
  }

  void openTerm() {
    commit(new Operation.PutRecord(ReplicaRecords.TERM, new byte[] {1}, RecordCondition.ANY));
  }

  void commit(Operation operation) {
    await(store.commit(Transaction.of(operation)));
  }

  static Basis basis(long term, long generation) {
    return new Basis(new Term(term), SET, SET_UID, generation);
  }

  static byte[] podOfSet() {
    return Json.bytes(
        object(
                "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'web-0','namespace':'shop',"
                    + "'labels':{'app':'web'},'ownerReferences':[{'apiVersion':'apps/v1',"
                    + "'kind':'StatefulSet','name':'web','uid':'%s','controller':true}]},"
                    + "'spec':{'terminationGracePeriodSeconds':30,'restartPolicy':'Always',"
                    + "'containers':[{'name':'main','image':'counter'}]}}",
                SET_UID)
            .tree());
  }

  static byte[] podWithClaim() {
    ObjectNode pod = Json.object(podOfSet());
    ObjectNode volume =
        pod.withObjectProperty("spec").putArray("volumes").addObject().put("name", "data");
    volume.putObject("persistentVolumeClaim").put("claimName", "data-web-0");
    return Json.bytes(pod);
  }

  static byte[] claim() {
    return bytes(
        "{'apiVersion':'v1','kind':'PersistentVolumeClaim','metadata':{'name':'data-web-0',"
            + "'namespace':'shop'},'spec':{'accessModes':['ReadWriteOnce'],"
            + "'resources':{'requests':{'storage':'1Gi'}}}}");
  }

  void openClass() {
    ApiObject local =
        object(
            "{'kind':'StorageClass','metadata':{'name':'local','uid':'c','annotations':"
                + "{'storageclass.kubernetes.io/is-default-class':'true'}},"
                + "'provisioner':'ordinal.io/local','reclaimPolicy':'Delete'}");
    commit(
        new Operation.PutIfAbsent(new ObjectKey(VolumeWorld.CLASSES, "", "local"), local.draft()));
  }

  Optional<ApiObject> claim(String name) {
    return get(VolumeWorld.claimKey("shop", name)).map(ApiObject::of);
  }

  Optional<ApiObject> volume(String name) {
    return get(VolumeWorld.volumeKey(name)).map(ApiObject::of);
  }

  static byte[] barePod(String extra) {
    return bytes(
        "{'apiVersion':'v1','kind':'Pod','metadata':{'name':'web-0','namespace':'shop'%s},"
            + "'spec':{'terminationGracePeriodSeconds':30,'restartPolicy':'Never',"
            + "'containers':[{'name':'main','image':'counter'}]}}",
        extra);
  }

  static byte[] bytes(String json, Object... values) {
    return String.format(json, values).replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  static ApiObject object(String json, Object... values) {
    return new ApiObject(Json.object(bytes(json, values)));
  }

  static Session session(String node, long number) {
    return new Session(new NodeName(node), new UUID(7, node.hashCode()), "boot", number);
  }

  /** Asks once and waits for the answer. */
  Verdict<StoredObject> ask(Function<ActorRef<Verdict<StoredObject>>, ReplicaCommand> request) {
    TestProbe<Verdict<StoredObject>> probe = kit.createTestProbe();
    replica.tell(request.apply(probe.getRef()));
    return probe.receiveMessage(Duration.ofSeconds(5));
  }

  /** The pod of a request that must be done. */
  ApiObject done(Function<ActorRef<Verdict<StoredObject>>, ReplicaCommand> request) {
    Verdict<StoredObject> verdict = ask(request);
    if (verdict instanceof Verdict.Done<StoredObject> done) return ApiObject.of(done.value());
    throw new AssertionError("expected it to be done, was " + verdict);
  }

  /** As {@link #ask}, for an actor that may be down: no answer soon is an AssertionError. */
  Verdict<StoredObject> askOnce(Function<ActorRef<Verdict<StoredObject>>, ReplicaCommand> request) {
    TestProbe<Verdict<StoredObject>> probe = kit.createTestProbe();
    replica.tell(request.apply(probe.getRef()));
    return probe.receiveMessage(Duration.ofMillis(300));
  }

  /** Whether the report was noted soon. */
  boolean reportOnce(Session session, LifeStatus status) {
    report(session, status).receiveMessage(Duration.ofMillis(300));
    return true;
  }

  Replicas replicas() {
    return new Replicas() {
      @Override
      public void tell(ReplicaCommand command) {
        replica.tell(command);
      }

      @Override
      public <R> CompletionStage<R> ask(Function<ActorRef<R>, ReplicaCommand> command) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException());
      }
    };
  }

  TestProbe<ReplicaCommand.Noted> report(Session session, LifeStatus status) {
    TestProbe<ReplicaCommand.Noted> probe = kit.createTestProbe();
    replica.tell(new ReplicaCommand.Reported(WEB_0, session, status, probe.getRef()));
    return probe;
  }

  void tell(ReplicaCommand command) {
    replica.tell(command);
  }

  static LifeStatus status(Incarnation life, long version, LifeStatus.Phase phase, int exit) {
    LifeStatus.ContainerState state =
        phase == LifeStatus.Phase.ENDED
            ? new LifeStatus.ContainerState.Terminated(
                exit, 0, "Completed", "", Instant.EPOCH, Instant.EPOCH)
            : new LifeStatus.ContainerState.Running(Instant.EPOCH);
    boolean ready = phase == LifeStatus.Phase.RUNNING;
    return new LifeStatus(
        WEB_0,
        life,
        version,
        phase,
        ready,
        Optional.of("127.64.0.2"),
        Optional.of(Instant.EPOCH),
        List.of(),
        List.of(
            new LifeStatus.ContainerStatus(
                "main", "counter", ready, true, 0, state, Optional.empty(), "process://1")),
        "",
        "",
        false);
  }

  ReplicaState state() {
    return await(
        store.read(
            Freshness.LOCAL,
            view ->
                view.record(ReplicaRecords.record(WEB_0))
                    .map(stored -> new StoredReplicaCodec().decode(stored.value()))
                    .orElse(ReplicaState.Vacant.FRESH)));
  }

  Optional<ApiObject> pod() {
    return get(ReplicaRecords.pod(WEB_0)).map(ApiObject::of);
  }

  Optional<StoredObject> get(ObjectKey key) {
    return await(store.read(Freshness.LOCAL, view -> view.get(key)));
  }

  boolean toldToStart(Session session, Incarnation life) {
    return told.contains(new Told(session, new AgentCommand.Start(WEB_0, life)));
  }

  Optional<AgentCommand.Stop> stop(Incarnation life) {
    return told.stream()
        .map(Told::command)
        .filter(AgentCommand.Stop.class::isInstance)
        .map(AgentCommand.Stop.class::cast)
        .filter(stop -> stop.incarnation().equals(life))
        .reduce((first, last) -> last);
  }

  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(5, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the store did not answer", e);
    }
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }
}
