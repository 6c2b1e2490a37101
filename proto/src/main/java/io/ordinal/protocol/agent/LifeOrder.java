package io.ordinal.protocol.agent;

import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything an agent needs to run one life: the pod's specification after the controllers resolved
 * what stands in other objects (ConfigMaps, Secrets, claims). Containers share address, volumes and
 * fate as in a Kubernetes pod.
 *
 * @param fenced the life must end before its session's lease does; otherwise it is kept
 * @param hostname what the process finds as its host name, also in ORDINAL_NAME
 * @param set name of the owning set, or empty for a bare pod
 * @param ordinal the replica's ordinal, or -1 for a bare pod
 * @param address the address that the controllers chose for the pod; empty: the agent chooses one
 */
public record LifeOrder(
    ReplicaId replica,
    Incarnation incarnation,
    Session session,
    String podUid,
    boolean fenced,
    String hostname,
    String set,
    int ordinal,
    RestartPolicy restartPolicy,
    Duration terminationGrace,
    List<ContainerOrder> initContainers,
    List<ContainerOrder> containers,
    List<VolumeOrder> volumes,
    Map<String, String> labels,
    Map<String, String> annotations,
    Optional<String> address) {

  /** The same with another fence, under this session. */
  public LifeOrder fencedAs(boolean wanted, Session under) {
    return new LifeOrder(
        replica,
        incarnation,
        under,
        podUid,
        wanted,
        hostname,
        set,
        ordinal,
        restartPolicy,
        terminationGrace,
        initContainers,
        containers,
        volumes,
        labels,
        annotations,
        address);
  }

  /** What happens when a container's process ends by itself. */
  public enum RestartPolicy {
    ALWAYS,
    ON_FAILURE,
    NEVER
  }
}
