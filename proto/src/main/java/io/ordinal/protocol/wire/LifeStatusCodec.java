package io.ordinal.protocol.wire;

import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import io.ordinal.protocol.wire.v1.LifeStatusWire;
import java.util.Optional;

/** How a life fares, on the wire. */
public final class LifeStatusCodec {
  private LifeStatusCodec() {}

  public static LifeStatusWire toWire(LifeStatus status) {
    LifeStatusWire.Builder wire =
        LifeStatusWire.newBuilder()
            .setReplica(Ids.toWire(status.replica()))
            .setIncarnation(status.incarnation().value())
            .setVersion(status.version())
            .setPhase(phase(status.phase()))
            .setReady(status.ready())
            .setReason(status.reason())
            .setMessage(status.message())
            .setFenced(status.fenced())
            .setFenceBasis(status.fenceBasis());
    status.address().ifPresent(wire::setAddress);
    status.startedAt().map(Times::toWire).ifPresent(wire::setStartedAt);
    status.initContainers().forEach(it -> wire.addInitContainers(ContainerStatusCodec.toWire(it)));
    status.containers().forEach(it -> wire.addContainers(ContainerStatusCodec.toWire(it)));
    return wire.build();
  }

  /**
   * @throws UndecodableMessage when the replica, the phase or a container's state is missing
   */
  public static LifeStatus fromWire(LifeStatusWire wire) {
    Needed.field(wire.hasReplica(), "the replica of a status");
    return new LifeStatus(
        Ids.fromWire(wire.getReplica()),
        Ids.incarnation(wire.getIncarnation()),
        wire.getVersion(),
        phase(wire.getPhase()),
        wire.getReady(),
        wire.hasAddress() ? Optional.of(wire.getAddress()) : Optional.empty(),
        wire.hasStartedAt() ? Optional.of(Times.fromWire(wire.getStartedAt())) : Optional.empty(),
        wire.getInitContainersList().stream().map(ContainerStatusCodec::fromWire).toList(),
        wire.getContainersList().stream().map(ContainerStatusCodec::fromWire).toList(),
        wire.getReason(),
        wire.getMessage(),
        wire.getFenced(),
        wire.getFenceBasis());
  }

  private static LifeStatusWire.Phase phase(Phase phase) {
    return switch (phase) {
      case PREPARING -> LifeStatusWire.Phase.PHASE_PREPARING;
      case RUNNING -> LifeStatusWire.Phase.PHASE_RUNNING;
      case STOPPING -> LifeStatusWire.Phase.PHASE_STOPPING;
      case ENDED -> LifeStatusWire.Phase.PHASE_ENDED;
    };
  }

  private static Phase phase(LifeStatusWire.Phase wire) {
    return switch (wire) {
      case PHASE_PREPARING -> Phase.PREPARING;
      case PHASE_RUNNING -> Phase.RUNNING;
      case PHASE_STOPPING -> Phase.STOPPING;
      case PHASE_ENDED -> Phase.ENDED;
      case PHASE_UNSPECIFIED, UNRECOGNIZED ->
          throw new UndecodableMessage("status with the phase " + wire);
    };
  }
}
