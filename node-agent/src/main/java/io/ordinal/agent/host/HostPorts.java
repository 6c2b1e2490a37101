package io.ordinal.agent.host;

import io.ordinal.agent.drill.FaultRoom;
import io.ordinal.agent.driver.Deadline;
import io.ordinal.agent.driver.UsageMeter;
import io.ordinal.agent.watchdog.Wellness;
import io.ordinal.agent.workload.WorkloadPorts;
import io.ordinal.protocol.agent.NodeInventory;
import io.ordinal.protocol.id.MachineId;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * Everything that the agent acts through.
 *
 * @param lease what {@link WorkloadPorts#lease()} is, as its holder sees it
 * @param deadline the launchers' file; used on {@code deadlineThread} only
 * @param deadlineThread one, which may block: words about the deadline keep their order
 * @param machine what it is told by; empty when it has nothing
 * @param faults where drills' faults are done
 * @param usage measures what is used here
 * @param wellness what the watchdog is fed by
 */
public record HostPorts(
    WorkloadPorts workload,
    HeldLease lease,
    Deadline deadline,
    Executor deadlineThread,
    UpTime upTime,
    Optional<MachineId> machine,
    FrontDoors frontDoors,
    NodeInventory inventory,
    ActorRef<FaultRoom.Command> faults,
    UsageMeter usage,
    Wellness wellness) {

  /** Every word about the deadline goes through one thread, so that the latest one stands. */
  CompletionStage<Void> moveDeadline(Duration until) {
    return CompletableFuture.runAsync(() -> deadline.moveTo(until), deadlineThread);
  }
}
