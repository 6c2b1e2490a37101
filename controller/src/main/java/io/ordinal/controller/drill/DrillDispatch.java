package io.ordinal.controller.drill;

import io.ordinal.controller.document.drill.DrillPhase;
import io.ordinal.controller.document.drill.DrillStatus;
import io.ordinal.controller.document.drill.DrillStatus.ReplicaStatus;
import io.ordinal.controller.document.drill.DrillStatus.TargetStatus;
import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.replica.ReplicaCommand;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Sends what a drill's status asks for, and again now and then until the status moves on. Belongs
 * to the drill controller; not thread safe.
 */
final class DrillDispatch {
  private record Sent(DrillPhase phase, Instant at) {}

  private final DrillPorts ports;
  private final DrillSettings settings;
  private final Map<String, Sent> sent = new HashMap<>();
  private final Map<String, Instant> orphans = new HashMap<>();

  DrillDispatch(DrillPorts ports, DrillSettings settings) {
    this.ports = ports;
    this.settings = settings;
  }

  /**
   * @return what else is to be waited for; each tells what went wrong, or an empty text
   */
  List<CompletableFuture<String>> send(
      String uid, DrillOrder order, DrillStatus status, Instant now) {
    List<DrillFaults.Send> due = DrillFaults.due(order, status);
    if (due.isEmpty()) {
      sent.remove(uid);
      return List.of();
    }
    Sent last = sent.get(uid);
    boolean rests =
        last != null
            && last.phase() == status.phase()
            && last.at().plus(settings.resend()).isAfter(now);
    if (rests) return List.of();
    sent.put(uid, new Sent(status.phase(), now));
    if (DrillFaults.isDeletion(order)) return List.of(delete(uid, status));
    for (DrillFaults.Send each : due) {
      AgentCommand command =
          each.fault()
              .<AgentCommand>map(fault -> new AgentCommand.Inject(uid, fault, order.duration()))
              .orElseGet(() -> new AgentCommand.Revert(uid));
      tell(each.target(), command);
    }
    return List.of();
  }

  /** Takes back what a drill that vanished may have left; true once that was said often enough. */
  boolean takeBack(DrillRecords.Lock lock, Instant now) {
    Instant since = orphans.computeIfAbsent(lock.uid(), uid -> now);
    for (TargetStatus each : lock.targets()) tell(each, new AgentCommand.Revert(lock.uid()));
    boolean enough = !since.plus(settings.resend().multipliedBy(3)).isAfter(now);
    if (enough) orphans.remove(lock.uid());
    return enough;
  }

  private void tell(TargetStatus target, AgentCommand command) {
    if (target.node() == null) ports.faults().toController(target.name(), command);
    else ports.faults().toNode(new NodeName(target.node()), command);
  }

  /** A graceful end is no fault: the pod is deleted, and that is the report. */
  private CompletableFuture<String> delete(String uid, DrillStatus status) {
    TargetStatus target = status.targets().get(0);
    if (status.phase() != DrillPhase.INJECTING) return CompletableFuture.completedFuture("");
    Optional<String> pod =
        status.replicas().stream()
            .filter(each -> each.name().equals(target.name()) && each.before() != null)
            .map(ReplicaStatus::before)
            .map(DrillStatus.Life::uid)
            .findFirst();
    return ports
        .replicas()
        .<Verdict<StoredObject>>ask(
            asker ->
                new ReplicaCommand.Delete(
                    ReplicaId.parse(target.name()),
                    pod,
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    asker))
        .thenCompose(verdict -> note(uid, target, verdict))
        .handle((done, failure) -> failure == null ? "" : failure.toString())
        .toCompletableFuture();
  }

  private CompletableFuture<Void> note(
      String uid, TargetStatus target, Verdict<StoredObject> verdict) {
    List<SpotReport> told = new ArrayList<>();
    if (verdict instanceof Verdict.Done) {
      told.add(new SpotReport(SpotState.INJECTED, "the pod was deleted"));
    } else if (verdict instanceof Verdict.Rejected<StoredObject> rejected) {
      told.add(new SpotReport(SpotState.REFUSED, rejected.message()));
    }
    if (told.isEmpty()) return CompletableFuture.completedFuture(null);
    return new DrillNotes(ports.store())
        .report(uid, Spot.member(target), told.get(0))
        .toCompletableFuture();
  }
}
