package io.ordinal.protocol.agent;

import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How one life fares on its node.
 *
 * @param version rises with every change within a life, also over restarts of the agent
 * @param ready every container is ready
 * @param address the pod's address, once it has one
 * @param reason one word for machines, such as ErrImagePull; empty when all is well
 * @param message for people; empty when all is well
 * @param fenced the life ends before its session's lease does, durably so: also when nothing of the
 *     agent runs any more. False: it is kept
 * @param fenceBasis {@link AgentCommand.SetFenced#basis()} of the wish that made it so; 0 when the
 *     life began so
 */
public record LifeStatus(
    ReplicaId replica,
    Incarnation incarnation,
    long version,
    Phase phase,
    boolean ready,
    Optional<String> address,
    Optional<Instant> startedAt,
    List<ContainerStatus> initContainers,
    List<ContainerStatus> containers,
    String reason,
    String message,
    boolean fenced,
    long fenceBasis) {
  /** The reason of containers that wait because their node cannot give the pod its address. */
  public static final String NO_ADDRESS = "FailedCreatePodSandBox";

  /** Of a life whose fence was never changed. */
  public LifeStatus(
      ReplicaId replica,
      Incarnation incarnation,
      long version,
      Phase phase,
      boolean ready,
      Optional<String> address,
      Optional<Instant> startedAt,
      List<ContainerStatus> initContainers,
      List<ContainerStatus> containers,
      String reason,
      String message,
      boolean fenced) {
    this(
        replica,
        incarnation,
        version,
        phase,
        ready,
        address,
        startedAt,
        initContainers,
        containers,
        reason,
        message,
        fenced,
        0);
  }

  /** preparing -> running -> stopping -> ended. */
  public enum Phase {
    PREPARING,
    RUNNING,
    STOPPING,
    /**
     * No process of this life exists any more, and none will: the proof that a next life may begin.
     */
    ENDED
  }

  /**
   * @param started the startup probe has passed, or there is none
   * @param restarts how often the container was started again within this life
   * @param containerId {@code process://...} or {@code oci://...}; empty before the first start
   */
  public record ContainerStatus(
      String name,
      String image,
      boolean ready,
      boolean started,
      int restarts,
      ContainerState state,
      Optional<ContainerState.Terminated> last,
      String containerId) {}

  /** waiting -> running -> terminated (-> waiting). */
  public sealed interface ContainerState {
    <R> R match(Cases<R> cases);

    record Waiting(String reason, String message) implements ContainerState {
      @Override
      public <R> R match(Cases<R> cases) {
        return cases.waiting(this);
      }
    }

    record Running(Instant startedAt) implements ContainerState {
      @Override
      public <R> R match(Cases<R> cases) {
        return cases.running(this);
      }
    }

    /**
     * @param exitCode as a shell counts (128 + signal); 255 when it could not be learnt
     * @param reason Completed, Error, or ContainerStatusUnknown when the exit code could not be
     *     learnt
     */
    record Terminated(
        int exitCode,
        int signal,
        String reason,
        String message,
        Instant startedAt,
        Instant finishedAt)
        implements ContainerState {
      @Override
      public <R> R match(Cases<R> cases) {
        return cases.terminated(this);
      }
    }

    /** One method a state, so that a new state must be decided everywhere before it compiles. */
    interface Cases<R> {
      R waiting(Waiting state);

      R running(Running state);

      R terminated(Terminated state);
    }
  }
}
