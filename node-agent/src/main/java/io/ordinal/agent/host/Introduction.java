package io.ordinal.agent.host;

import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.NodeInventory;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.Session;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorRef;

/** Who this node is, for as long as its agent lives. */
record Introduction(
    NodeName node,
    UUID stateUuid,
    String bootId,
    NodeInventory inventory,
    ActorRef<AgentCommand> agent) {

  static Introduction of(
      Recovery.Stock stock, HostPorts ports, HostSettings settings, ActorRef<AgentCommand> agent) {
    return new Introduction(
        settings.node(),
        stock.findings().recalled().stateUuid(),
        ports.upTime().bootId(),
        ports.inventory(),
        agent);
  }

  FrontDoorRequest.Hello hello(Optional<Session> previous, List<LifeStatus> lives) {
    return new FrontDoorRequest.Hello(node, stateUuid, bootId, previous, inventory, lives, agent);
  }
}
