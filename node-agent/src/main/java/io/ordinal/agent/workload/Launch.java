package io.ordinal.agent.workload;

import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.agent.driver.LaunchSpec;
import io.ordinal.protocol.agent.ContainerOrder;
import io.ordinal.protocol.agent.LifeOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the runs of a life are started with.
 *
 * @param address of the pod
 * @param mounts by container name
 */
record Launch(
    String node, String nodeAddress, String address, Map<String, List<LaunchSpec.Mount>> mounts) {

  LaunchSpec spec(LifeOrder order, ContainerOrder container, ContainerRun run) {
    return new LaunchSpec(
        run,
        order.podUid(),
        order.fenced(),
        order.hostname(),
        order.set(),
        order.ordinal(),
        address,
        container.image(),
        container.command(),
        container.args(),
        container.workingDir(),
        Environment.resolve(container.env(), fields(order)),
        mounts.getOrDefault(container.name(), List.of()));
  }

  private Map<String, String> fields(LifeOrder order) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("metadata.name", order.replica().name());
    fields.put("metadata.namespace", order.replica().namespace());
    fields.put("metadata.uid", order.podUid());
    fields.put("status.podIP", address);
    fields.put("status.podIPs", address);
    fields.put("status.hostIP", nodeAddress);
    fields.put("status.hostIPs", nodeAddress);
    fields.put("spec.nodeName", node);
    return fields;
  }
}
