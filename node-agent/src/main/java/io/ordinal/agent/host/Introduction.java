package io.ordinal.agent.host;

import io.ordinal.agent.state.HeldSession;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.NodeInventory;
import io.ordinal.protocol.id.MachineId;
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
    Optional<MachineId> machine,
    NodeInventory inventory,
    ActorRef<AgentCommand> agent) {

  static Introduction of(
      Recovery.Stock stock, HostPorts ports, HostSettings settings, ActorRef<AgentCommand> agent) {
    return new Introduction(
        settings.node(),
        stock.findings().recalled().stateUuid(),
        ports.upTime().bootId(),
        ports.machine(),
        ports.inventory(),
        agent);
  }

  FrontDoorRequest.Hello hello(Optional<HeldSession> held, boolean lifted, List<LifeStatus> lives) {
    Optional<Session> previous = held.filter(each -> !each.lapsed()).map(HeldSession::session);
    Optional<Session> ended = held.filter(HeldSession::lapsed).map(HeldSession::session);
    return new FrontDoorRequest.Hello(
        node, stateUuid, bootId, machine, previous, ended, lifted, inventory, lives, agent);
  }
}
