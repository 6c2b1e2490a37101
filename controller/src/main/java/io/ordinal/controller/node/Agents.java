package io.ordinal.controller.node;

import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.LogChunk;
import io.ordinal.protocol.agent.StreamAnswer;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.Session;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;

/** Reaches the agent of a node from any controller. */
public interface Agents {
  /** Best effort; lost when the session is not current or its agent cannot be reached. */
  void tell(Session session, AgentCommand command);

  /** As above, to whoever is that node now. */
  void tell(NodeName node, AgentCommand command);

  /** Fails with a {@code TimeoutException} or {@code StoreUnavailable}; for logs. */
  CompletionStage<LogChunk> readLog(
      NodeName node, Function<ActorRef<LogChunk>, AgentCommand.ReadLog> request);

  /** Fails as {@link #readLog} does. */
  CompletionStage<StreamAnswer> openStream(
      NodeName node, Function<ActorRef<StreamAnswer>, AgentCommand.OpenStream> request);
}
