package io.ordinal.controller.drill;

import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LifeStatus.ContainerState;
import io.ordinal.protocol.agent.LifeStatus.ContainerState.Terminated;
import io.ordinal.protocol.agent.LifeStatus.ContainerStatus;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** When the processes of a life ran, as its node reports it. Pure. */
final class LifeTimes {
  /** The agent's word for an end whose time it does not know. */
  private static final String UNKNOWN = "ContainerStatusUnknown";

  private LifeTimes() {}

  /**
   * @param known from earlier reports on the same life: what began first stays
   */
  static LifeEvidence of(LifeStatus status, String node, Optional<LifeEvidence> known) {
    List<Instant> starts = new ArrayList<>();
    List<Instant> ends = new ArrayList<>();
    boolean certain = status.phase() == Phase.ENDED;
    known.flatMap(LifeEvidence::started).ifPresent(starts::add);
    for (ContainerStatus each : status.containers()) {
      each.last().ifPresent(last -> starts.add(last.startedAt()));
      if (each.state() instanceof ContainerState.Running running) {
        starts.add(running.startedAt());
      } else if (each.state() instanceof Terminated terminated) {
        starts.add(terminated.startedAt());
        ends.add(terminated.finishedAt());
        certain &= !terminated.reason().equals(UNKNOWN);
      }
    }
    Optional<Instant> end =
        certain ? ends.stream().max(Instant::compareTo) : Optional.<Instant>empty();
    return new LifeEvidence(
        status.replica(),
        status.incarnation(),
        node,
        starts.stream().min(Instant::compareTo),
        end.or(() -> known.flatMap(LifeEvidence::ended)));
  }
}
