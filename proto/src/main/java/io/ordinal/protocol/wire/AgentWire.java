package io.ordinal.protocol.wire;

import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeStatus.ContainerState.Terminated;
import io.ordinal.protocol.wire.v1.LifeOrderWire;
import io.ordinal.protocol.wire.v1.TerminatedWire;

/** Parts of the agent's protocol for codecs elsewhere that have them inside. */
public final class AgentWire {
  private AgentWire() {}

  public static LifeOrderWire toWire(LifeOrder order) {
    return LifeOrderCodec.toWire(order);
  }

  /**
   * @throws UndecodableMessage when something that is needed is missing
   */
  public static LifeOrder fromWire(LifeOrderWire wire) {
    return LifeOrderCodec.fromWire(wire);
  }

  public static TerminatedWire toWire(Terminated terminated) {
    return ContainerStatusCodec.toWire(terminated);
  }

  /**
   * @throws UndecodableMessage when something that is needed is missing
   */
  public static Terminated fromWire(TerminatedWire wire) {
    return ContainerStatusCodec.fromWire(wire);
  }
}
