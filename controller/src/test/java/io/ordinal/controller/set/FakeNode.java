package io.ordinal.controller.set;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.model.SessionRecord;
import io.ordinal.controller.node.Agents;
import io.ordinal.controller.node.Lives;
import io.ordinal.controller.node.Sessions;
import io.ordinal.controller.node.wire.SessionCodec;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LifeStatus.ContainerState;
import io.ordinal.protocol.agent.LogChunk;
import io.ordinal.protocol.agent.StreamAnswer;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import tools.jackson.databind.node.ObjectNode;

/** A registered node whose processes are ready as soon as they start and gone as soon as asked. */
final class FakeNode implements Agents {
  private final Session session;
  private final AtomicLong versions = new AtomicLong();
  private volatile Lives lives;

  FakeNode() {
    this("node-a", 1);
  }

  FakeNode(String name, long number) {
    session = new Session(new NodeName(name), new UUID(7, number), "boot", number);
  }

  Session session() {
    return session;
  }

  void register(ObjectStore store, Lives confirming) {
    lives = confirming;
    String name = session.node().value();
    SessionRecord record =
        new SessionRecord(
            session, Standing.READY, "192.0.2.1", "", 0, Optional.empty(), Duration.ofSeconds(6));
    ObjectNode node = Json.object().put("kind", "Node").put("apiVersion", "v1");
    node.putObject("metadata").put("name", name).put("uid", name).putObject("labels");
    node.putObject("spec");
    store
        .commit(
            Transaction.of(
                new Operation.PutRecord(
                    Sessions.key(session), SessionCodec.encode(record), RecordCondition.ANY),
                new Operation.PutRecord(
                    new RecordKey("node-session", name),
                    SessionCodec.encodeLatest(session),
                    RecordCondition.ANY),
                new Operation.Put(
                    new ObjectKey(new ResourceName("nodes"), "", name),
                    new ApiObject(node).draft(),
                    Condition.ANY)))
        .toCompletableFuture()
        .join();
  }

  @Override
  public void tell(Session asked, AgentCommand command) {
    if (command instanceof AgentCommand.Start start) {
      lives
          .confirm(session, start.replica(), start.incarnation())
          .thenAccept(order -> order.ifPresent(this::run));
    } else if (command instanceof AgentCommand.Stop stop) {
      report(stop.replica(), stop.incarnation(), LifeStatus.Phase.ENDED, List.of("main"));
    }
  }

  @Override
  public void tell(NodeName node, AgentCommand command) {
    tell(this.session, command);
  }

  private void run(LifeOrder order) {
    List<String> names = order.containers().stream().map(each -> each.name()).toList();
    report(order.replica(), order.incarnation(), LifeStatus.Phase.RUNNING, names);
  }

  private void report(
      ReplicaId replica, Incarnation life, LifeStatus.Phase phase, List<String> containers) {
    boolean running = phase == LifeStatus.Phase.RUNNING;
    ContainerState state =
        running
            ? new ContainerState.Running(Instant.EPOCH)
            : new ContainerState.Terminated(0, 0, "Completed", "", Instant.EPOCH, Instant.EPOCH);
    lives.report(
        session,
        new LifeStatus(
            replica,
            life,
            versions.incrementAndGet(),
            phase,
            running,
            Optional.of("127.64.0.2"),
            Optional.of(Instant.EPOCH),
            List.of(),
            containers.stream()
                .map(
                    name ->
                        new LifeStatus.ContainerStatus(
                            name, "i", running, true, 0, state, Optional.empty(), "process://1"))
                .toList(),
            "",
            "",
            false));
  }

  @Override
  public CompletionStage<LogChunk> readLog(
      NodeName node, Function<ActorRef<LogChunk>, AgentCommand.ReadLog> request) {
    return CompletableFuture.failedFuture(new UnsupportedOperationException());
  }

  @Override
  public CompletionStage<StreamAnswer> openStream(
      NodeName node, Function<ActorRef<StreamAnswer>, AgentCommand.OpenStream> request) {
    return CompletableFuture.failedFuture(new UnsupportedOperationException());
  }
}
