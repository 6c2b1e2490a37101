package io.ordinal.protocol.wire;

import io.ordinal.protocol.agent.LifeStatus.ContainerState;
import io.ordinal.protocol.agent.LifeStatus.ContainerStatus;
import io.ordinal.protocol.wire.v1.ContainerStateWire;
import io.ordinal.protocol.wire.v1.ContainerStatusWire;
import io.ordinal.protocol.wire.v1.RunningWire;
import io.ordinal.protocol.wire.v1.TerminatedWire;
import io.ordinal.protocol.wire.v1.WaitingWire;
import java.util.Optional;

/** How a container fares, on the wire. */
final class ContainerStatusCodec {
  private static final ContainerState.Cases<ContainerStateWire> TO_WIRE =
      new ContainerState.Cases<>() {
        @Override
        public ContainerStateWire waiting(ContainerState.Waiting state) {
          return ContainerStateWire.newBuilder()
              .setWaiting(
                  WaitingWire.newBuilder().setReason(state.reason()).setMessage(state.message()))
              .build();
        }

        @Override
        public ContainerStateWire running(ContainerState.Running state) {
          return ContainerStateWire.newBuilder()
              .setRunning(RunningWire.newBuilder().setStartedAt(Times.toWire(state.startedAt())))
              .build();
        }

        @Override
        public ContainerStateWire terminated(ContainerState.Terminated state) {
          return ContainerStateWire.newBuilder().setTerminated(toWire(state)).build();
        }
      };

  private ContainerStatusCodec() {}

  static ContainerStatusWire toWire(ContainerStatus status) {
    ContainerStatusWire.Builder wire =
        ContainerStatusWire.newBuilder()
            .setName(status.name())
            .setImage(status.image())
            .setReady(status.ready())
            .setStarted(status.started())
            .setRestarts(status.restarts())
            .setState(status.state().match(TO_WIRE))
            .setContainerId(status.containerId());
    status.last().ifPresent(last -> wire.setLast(toWire(last)));
    return wire.build();
  }

  static ContainerStatus fromWire(ContainerStatusWire wire) {
    return new ContainerStatus(
        Needed.text(wire.getName(), "the name of a container"),
        wire.getImage(),
        wire.getReady(),
        wire.getStarted(),
        wire.getRestarts(),
        state(wire.getState()),
        wire.hasLast() ? Optional.of(fromWire(wire.getLast())) : Optional.empty(),
        wire.getContainerId());
  }

  private static ContainerState state(ContainerStateWire wire) {
    return switch (wire.getStateCase()) {
      case WAITING ->
          new ContainerState.Waiting(wire.getWaiting().getReason(), wire.getWaiting().getMessage());
      case RUNNING -> running(wire.getRunning());
      case TERMINATED -> fromWire(wire.getTerminated());
      case STATE_NOT_SET -> throw new UndecodableMessage("the state of a container is missing");
    };
  }

  private static ContainerState.Running running(RunningWire wire) {
    Needed.field(wire.hasStartedAt(), "the start of a running container");
    return new ContainerState.Running(Times.fromWire(wire.getStartedAt()));
  }

  static TerminatedWire toWire(ContainerState.Terminated state) {
    return TerminatedWire.newBuilder()
        .setExitCode(state.exitCode())
        .setSignal(state.signal())
        .setReason(state.reason())
        .setMessage(state.message())
        .setStartedAt(Times.toWire(state.startedAt()))
        .setFinishedAt(Times.toWire(state.finishedAt()))
        .build();
  }

  static ContainerState.Terminated fromWire(TerminatedWire wire) {
    Needed.field(wire.hasStartedAt() && wire.hasFinishedAt(), "a time of a terminated container");
    return new ContainerState.Terminated(
        wire.getExitCode(),
        wire.getSignal(),
        wire.getReason(),
        wire.getMessage(),
        Times.fromWire(wire.getStartedAt()),
        Times.fromWire(wire.getFinishedAt()));
  }
}
