package io.ordinal.protocol.wire;

import io.ordinal.protocol.agent.ContainerOrder;
import io.ordinal.protocol.agent.ContainerOrder.EnvOrder;
import io.ordinal.protocol.agent.ContainerOrder.MountOrder;
import io.ordinal.protocol.wire.v1.ContainerOrderWire;
import io.ordinal.protocol.wire.v1.EnvOrderWire;
import io.ordinal.protocol.wire.v1.MountOrderWire;
import java.util.List;
import java.util.Optional;

/** A container to be run, on the wire. */
final class ContainerOrderCodec {
  private ContainerOrderCodec() {}

  static ContainerOrderWire toWire(ContainerOrder order) {
    ContainerOrderWire.Builder wire =
        ContainerOrderWire.newBuilder()
            .setName(order.name())
            .setImage(order.image())
            .addAllCommand(order.command())
            .addAllArgs(order.args())
            .setWorkingDir(order.workingDir());
    order.env().forEach(it -> wire.addEnv(env(it)));
    order.mounts().forEach(it -> wire.addMounts(mount(it)));
    order.startup().map(ProbeCodec::toWire).ifPresent(wire::setStartup);
    order.readiness().map(ProbeCodec::toWire).ifPresent(wire::setReadiness);
    order.liveness().map(ProbeCodec::toWire).ifPresent(wire::setLiveness);
    order.postStart().map(ProbeCodec::toWire).ifPresent(wire::setPostStart);
    order.preStop().map(ProbeCodec::toWire).ifPresent(wire::setPreStop);
    return wire.build();
  }

  static ContainerOrder fromWire(ContainerOrderWire wire) {
    return new ContainerOrder(
        Needed.text(wire.getName(), "the name of a container"),
        wire.getImage(),
        List.copyOf(wire.getCommandList()),
        List.copyOf(wire.getArgsList()),
        wire.getWorkingDir(),
        wire.getEnvList().stream().map(ContainerOrderCodec::env).toList(),
        wire.getMountsList().stream().map(ContainerOrderCodec::mount).toList(),
        wire.hasStartup() ? Optional.of(ProbeCodec.fromWire(wire.getStartup())) : Optional.empty(),
        wire.hasReadiness()
            ? Optional.of(ProbeCodec.fromWire(wire.getReadiness()))
            : Optional.empty(),
        wire.hasLiveness()
            ? Optional.of(ProbeCodec.fromWire(wire.getLiveness()))
            : Optional.empty(),
        wire.hasPostStart()
            ? Optional.of(ProbeCodec.fromWire(wire.getPostStart()))
            : Optional.empty(),
        wire.hasPreStop() ? Optional.of(ProbeCodec.fromWire(wire.getPreStop())) : Optional.empty());
  }

  private static EnvOrderWire env(EnvOrder env) {
    EnvOrderWire.Builder wire = EnvOrderWire.newBuilder().setName(env.name());
    if (env instanceof EnvOrder.Value value) {
      wire.setValue(value.value());
    } else {
      wire.setFieldPath(((EnvOrder.Field) env).fieldPath());
    }
    return wire.build();
  }

  private static EnvOrder env(EnvOrderWire wire) {
    return switch (wire.getSourceCase()) {
      case VALUE -> new EnvOrder.Value(wire.getName(), wire.getValue());
      case FIELD_PATH -> new EnvOrder.Field(wire.getName(), wire.getFieldPath());
      case SOURCE_NOT_SET ->
          throw new UndecodableMessage(
              "the value of the variable " + wire.getName() + " is missing");
    };
  }

  private static MountOrderWire mount(MountOrder mount) {
    return MountOrderWire.newBuilder()
        .setVolume(mount.volume())
        .setMountPath(mount.mountPath())
        .setSubPath(mount.subPath())
        .setReadOnly(mount.readOnly())
        .build();
  }

  private static MountOrder mount(MountOrderWire wire) {
    return new MountOrder(
        Needed.text(wire.getVolume(), "the volume of a mount"),
        Needed.text(wire.getMountPath(), "the path of a mount"),
        wire.getSubPath(),
        wire.getReadOnly());
  }
}
