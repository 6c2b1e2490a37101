package io.ordinal.controller.drill;

import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.id.NodeName;

/** Reaches those who carry faults out. Best effort: what is lost is sent again. */
public interface FaultPort {
  /** To the agent of a node. */
  void toNode(NodeName node, AgentCommand command);

  /** To the member of a controller that is no node. */
  void toController(String name, AgentCommand command);
}
