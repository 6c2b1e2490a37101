package io.ordinal.agent.workload;

import io.ordinal.agent.driver.Driver;
import io.ordinal.agent.exec.Streams;
import io.ordinal.agent.lifecycle.LifecycleSettings;
import io.ordinal.agent.logs.LogReader;
import io.ordinal.agent.network.Addresses;
import io.ordinal.agent.probe.Prober;
import io.ordinal.agent.state.AgentState;
import io.ordinal.agent.volume.Volumes;
import io.ordinal.protocol.id.NodeName;
import java.time.InstantSource;

/**
 * Everything that a workload acts through.
 *
 * @param clock should not leap when somebody sets the machine's time
 */
public record WorkloadPorts(
    NodeName node,
    Driver driver,
    Volumes volumes,
    Addresses addresses,
    Prober prober,
    LogReader logs,
    Streams streams,
    AgentState state,
    Lease lease,
    InstantSource clock,
    LifecycleSettings settings) {}
