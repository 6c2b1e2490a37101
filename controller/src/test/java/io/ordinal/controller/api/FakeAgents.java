package io.ordinal.controller.api;

import io.ordinal.controller.node.Agents;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.LogChunk;
import io.ordinal.protocol.agent.StreamAnswer;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.Session;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/** Agents whose logs a test has written down beforehand. */
final class FakeAgents implements Agents {
  private final Deque<LogChunk> chunks = new ArrayDeque<>();
  private final Deque<AgentCommand.ReadLog> asked = new ArrayDeque<>();

  synchronized void willAnswer(LogChunk chunk) {
    chunks.add(chunk);
  }

  synchronized Deque<AgentCommand.ReadLog> asked() {
    return new ArrayDeque<>(asked);
  }

  @Override
  public void tell(Session session, AgentCommand command) {
    throw new AssertionError("the API tells agents nothing, but told " + command);
  }

  @Override
  public void tell(NodeName node, AgentCommand command) {
    throw new AssertionError("the API tells agents nothing, but told " + command);
  }

  @Override
  public synchronized CompletionStage<LogChunk> readLog(
      NodeName node, Function<ActorRef<LogChunk>, AgentCommand.ReadLog> request) {
    asked.add(request.apply(null));
    return chunks.isEmpty()
        ? new CompletableFuture<>()
        : CompletableFuture.completedStage(chunks.poll());
  }

  @Override
  public CompletionStage<StreamAnswer> openStream(
      NodeName node, Function<ActorRef<StreamAnswer>, AgentCommand.OpenStream> request) {
    return new CompletableFuture<>();
  }
}
