package io.ordinal.controller.drill;

import io.ordinal.controller.document.drill.DrillPhase;
import io.ordinal.controller.document.drill.DrillStatus;
import io.ordinal.controller.document.drill.DrillStatus.TargetStatus;
import io.ordinal.protocol.agent.Fault;
import io.ordinal.protocol.id.ReplicaId;
import java.util.List;
import java.util.Optional;

/** What has to be sent to whom, by how far a drill is. Pure. */
final class DrillFaults {
  private DrillFaults() {}

  /**
   * @param target whose agent, or whose member, is told
   * @param fault empty to take it back
   */
  record Send(TargetStatus target, Optional<Fault> fault) {}

  /** Repeated until the status moves on. */
  static List<Send> due(DrillOrder order, DrillStatus status) {
    if (status.targets() == null) return List.of();
    if (status.phase() == DrillPhase.INJECTING) {
      return status.targets().stream()
          .filter(each -> SpotState.of(each) == SpotState.WAITING)
          .map(each -> new Send(each, Optional.of(fault(order, each))))
          .toList();
    }
    if (status.phase() != DrillPhase.REVERTING) return List.of();
    return status.targets().stream()
        .filter(each -> !SpotState.of(each).over())
        .map(each -> new Send(each, Optional.empty()))
        .toList();
  }

  /** A replica that is to stop gracefully is not faulted at all: its pod is deleted. */
  static boolean isDeletion(DrillOrder order) {
    return order.onReplica() && order.way() == Way.GRACEFUL;
  }

  private static Fault fault(DrillOrder order, TargetStatus target) {
    Spot.Kind kind = Spot.Kind.of(target);
    if (kind == Spot.Kind.REPLICA) {
      ReplicaId replica = ReplicaId.parse(target.name());
      return order.way() == Way.FREEZE
          ? new Fault.FreezeReplica(replica)
          : new Fault.KillReplica(replica);
    }
    return switch (order.way()) {
      case GRACEFUL -> new Fault.Stop();
      case KILL -> new Fault.KillMember(kind == Spot.Kind.NODE);
      case FREEZE -> new Fault.FreezeMember();
      case CUT_OFF -> new Fault.CutOff(List.of());
    };
  }
}
