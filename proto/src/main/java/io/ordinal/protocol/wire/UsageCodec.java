package io.ordinal.protocol.wire;

import io.ordinal.protocol.agent.AgentCommand.ReadUsage;
import io.ordinal.protocol.agent.NodeUsage;
import io.ordinal.protocol.agent.NodeUsage.Amount;
import io.ordinal.protocol.agent.NodeUsage.OfContainer;
import io.ordinal.protocol.wire.v1.AmountWire;
import io.ordinal.protocol.wire.v1.ContainerUsageWire;
import io.ordinal.protocol.wire.v1.NodeUsageWire;
import io.ordinal.protocol.wire.v1.ReadUsageWire;

/** What nodes use, on the wire. */
final class UsageCodec {
  private final References references;

  UsageCodec(References references) {
    this.references = references;
  }

  ReadUsageWire readUsage(ReadUsage read) {
    return ReadUsageWire.newBuilder().setReplyTo(references.toWire(read.replyTo())).build();
  }

  ReadUsage readUsage(ReadUsageWire wire) {
    return new ReadUsage(references.fromWire(wire.getReplyTo(), "whom to answer with usage"));
  }

  static NodeUsageWire nodeUsage(NodeUsage usage) {
    NodeUsageWire.Builder wire =
        NodeUsageWire.newBuilder()
            .setTaken(Times.toWire(usage.taken()))
            .setWindow(Times.toWire(usage.window()))
            .setNode(amount(usage.node()));
    for (OfContainer each : usage.containers()) {
      wire.addContainers(
          ContainerUsageWire.newBuilder()
              .setReplica(Ids.toWire(each.replica()))
              .setContainer(each.container())
              .setAmount(amount(each.amount())));
    }
    return wire.build();
  }

  static NodeUsage nodeUsage(NodeUsageWire wire) {
    Needed.field(wire.hasTaken() && wire.hasWindow(), "the window of a NodeUsage");
    return new NodeUsage(
        Times.fromWire(wire.getTaken()),
        Times.fromWire(wire.getWindow()),
        amount(wire.getNode()),
        wire.getContainersList().stream()
            .map(
                each ->
                    new OfContainer(
                        Ids.fromWire(each.getReplica()),
                        each.getContainer(),
                        amount(each.getAmount())))
            .toList());
  }

  private static AmountWire amount(Amount amount) {
    return AmountWire.newBuilder()
        .setNanocores(amount.nanocores())
        .setMemoryBytes(amount.memoryBytes())
        .build();
  }

  private static Amount amount(AmountWire wire) {
    return new Amount(wire.getNanocores(), wire.getMemoryBytes());
  }
}
