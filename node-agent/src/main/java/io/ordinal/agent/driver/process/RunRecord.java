package io.ordinal.agent.driver.process;

import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.util.Map;

/**
 * What must be known of a run after the agent was restarted, written before its process starts.
 *
 * @param bootId processes of another boot are surely dead
 * @param namespaces whether it has its own PID and mount namespaces
 * @param userNamespace and a user namespace
 * @param workingDir of commands run beside it
 * @param env of commands run beside it; secret
 */
record RunRecord(
    String namespace,
    String name,
    long incarnation,
    String container,
    int attempt,
    String bootId,
    boolean namespaces,
    boolean userNamespace,
    String workingDir,
    Map<String, String> env) {

  ContainerRun run() {
    return new ContainerRun(
        new ReplicaId(namespace, name), new Incarnation(incarnation), container, attempt);
  }
}
