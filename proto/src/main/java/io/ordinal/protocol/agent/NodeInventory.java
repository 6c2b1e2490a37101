package io.ordinal.protocol.agent;

import java.util.Map;

/**
 * What a node has and can do; becomes labels, capacity and nodeInfo of {@code v1/Node}.
 *
 * @param address where the node is reached
 * @param capacity Kubernetes quantities by resource: cpu, memory, pods, ephemeral-storage
 * @param labels for node selectors
 * @param facts nodeInfo fields (kernelVersion, osImage, architecture, operatingSystem,
 *     containerRuntimeVersion, kubeletVersion), and whatever the agent found out about itself, such
 *     as mountNamespaces=true
 */
public record NodeInventory(
    String address,
    Map<String, String> capacity,
    Map<String, String> labels,
    Map<String, String> facts) {}
