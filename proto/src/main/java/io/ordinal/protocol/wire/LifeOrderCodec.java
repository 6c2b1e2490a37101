package io.ordinal.protocol.wire;

import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeOrder.RestartPolicy;
import io.ordinal.protocol.wire.v1.LifeOrderWire;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What an agent is to run, on the wire. */
final class LifeOrderCodec {
  private LifeOrderCodec() {}

  /** Maps are written in the order of their keys, so that equal orders are equal bytes. */
  static LifeOrderWire toWire(LifeOrder order) {
    LifeOrderWire.Builder wire =
        LifeOrderWire.newBuilder()
            .setReplica(Ids.toWire(order.replica()))
            .setIncarnation(order.incarnation().value())
            .setSession(Ids.toWire(order.session()))
            .setPodUid(order.podUid())
            .setFenced(order.fenced())
            .setHostname(order.hostname())
            .setSet(order.set())
            .setOrdinal(order.ordinal())
            .setRestartPolicy(policy(order.restartPolicy()))
            .setTerminationGrace(Times.toWire(order.terminationGrace()))
            .putAllLabels(new TreeMap<>(order.labels()))
            .putAllAnnotations(new TreeMap<>(order.annotations()));
    order.address().ifPresent(wire::setAddress);
    order.initContainers().forEach(it -> wire.addInitContainers(ContainerOrderCodec.toWire(it)));
    order.containers().forEach(it -> wire.addContainers(ContainerOrderCodec.toWire(it)));
    order.volumes().forEach(it -> wire.addVolumes(VolumeOrderCodec.toWire(it)));
    return wire.build();
  }

  static LifeOrder fromWire(LifeOrderWire wire) {
    Needed.field(wire.hasReplica(), "the replica of an order");
    Needed.field(wire.hasSession(), "the session of an order");
    Needed.field(wire.hasTerminationGrace(), "the grace of an order");
    return new LifeOrder(
        Ids.fromWire(wire.getReplica()),
        Ids.incarnation(wire.getIncarnation()),
        Ids.fromWire(wire.getSession()),
        Needed.text(wire.getPodUid(), "the pod of an order"),
        wire.getFenced(),
        wire.getHostname(),
        wire.getSet(),
        wire.getOrdinal(),
        policy(wire.getRestartPolicy()),
        Times.fromWire(wire.getTerminationGrace()),
        wire.getInitContainersList().stream().map(ContainerOrderCodec::fromWire).toList(),
        wire.getContainersList().stream().map(ContainerOrderCodec::fromWire).toList(),
        wire.getVolumesList().stream().map(VolumeOrderCodec::fromWire).toList(),
        Map.copyOf(wire.getLabelsMap()),
        Map.copyOf(wire.getAnnotationsMap()),
        wire.hasAddress() ? Optional.of(wire.getAddress()) : Optional.empty());
  }

  private static LifeOrderWire.RestartPolicy policy(RestartPolicy policy) {
    return switch (policy) {
      case ALWAYS -> LifeOrderWire.RestartPolicy.RESTART_POLICY_ALWAYS;
      case ON_FAILURE -> LifeOrderWire.RestartPolicy.RESTART_POLICY_ON_FAILURE;
      case NEVER -> LifeOrderWire.RestartPolicy.RESTART_POLICY_NEVER;
    };
  }

  private static RestartPolicy policy(LifeOrderWire.RestartPolicy wire) {
    return switch (wire) {
      case RESTART_POLICY_ALWAYS -> RestartPolicy.ALWAYS;
      case RESTART_POLICY_ON_FAILURE -> RestartPolicy.ON_FAILURE;
      case RESTART_POLICY_NEVER -> RestartPolicy.NEVER;
      case RESTART_POLICY_UNSPECIFIED, UNRECOGNIZED ->
          throw new UndecodableMessage("order with the restart policy " + wire);
    };
  }
}
