package io.ordinal.agent.workload;

import io.ordinal.agent.lifecycle.Fact;
import io.ordinal.agent.lifecycle.Fence;
import io.ordinal.agent.lifecycle.FoundRun;
import io.ordinal.agent.lifecycle.LifeMemory;
import io.ordinal.agent.lifecycle.LifeState;
import io.ordinal.agent.lifecycle.LifeView;
import io.ordinal.agent.lifecycle.LifecycleSettings;
import io.ordinal.agent.lifecycle.Resumption;
import io.ordinal.agent.state.StoredLife;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a life is taken up.
 *
 * @param version of its latest status
 * @param running runs that exist
 * @param facts to be learnt before anything else
 * @param fence as the launchers hold it
 * @param asleep found with nothing of it running, as after a restart of the machine: somebody may
 *     have been told meanwhile that it is over, so nothing of it begins until the controllers say
 *     that it is still placed here
 */
public record HostedLife(
    LifeOrder order,
    LifeState state,
    long version,
    Instant acceptedAt,
    List<FoundRun> running,
    List<Fact> facts,
    Fence fence,
    boolean asleep) {
  /** Versions told but not on disk when the agent was killed; more than can be in that time. */
  private static final long VERSIONS_LOST_AT_MOST = 1_000;

  /** What stands on disk before a new life is hosted. */
  public static StoredLife beginning(LifeOrder order, Instant now) {
    return new StoredLife(order, 1, now, LifeMemory.of(order, LifeState.fresh(order)), 0);
  }

  /** A life that begins. */
  public static HostedLife fresh(StoredLife life) {
    return new HostedLife(
        life.order(),
        LifeState.fresh(life.order()),
        life.version(),
        life.acceptedAt(),
        List.of(),
        List.of(),
        fenceOf(life),
        false);
  }

  /** A life that was not wanted any more before it could begin: nothing of it is to start. */
  public static HostedLife ending(StoredLife life, Fact.StopWanted stop) {
    return new HostedLife(
        life.order(),
        LifeState.fresh(life.order()),
        life.version(),
        life.acceptedAt(),
        List.of(),
        List.of(stop),
        fenceOf(life),
        false);
  }

  /** As the launchers hold it: taking stock makes it so. */
  private static Fence fenceOf(StoredLife life) {
    return new Fence(life.order().fenced(), life.fenceBasis());
  }

  /**
   * A life found after the agent was restarted.
   *
   * @param stop present when it must end
   */
  public static HostedLife found(
      StoredLife life,
      List<FoundRun> runs,
      Optional<Fact.StopWanted> stop,
      LifecycleSettings settings,
      Instant now) {
    Resumption resumption = Resumption.of(life.order(), life.memory(), runs, settings, now);
    List<Fact> facts = new ArrayList<>();
    stop.ifPresent(facts::add); // Before an exit could lead to a restart.
    facts.addAll(resumption.facts());
    List<FoundRun> running = runs.stream().filter(run -> run.exit().isEmpty()).toList();
    boolean asleep = running.isEmpty() && stop.isEmpty() && life.memory().stop().isEmpty();
    return new HostedLife(
        life.order(),
        resumption.state(),
        life.version() + VERSIONS_LOST_AT_MOST,
        life.acceptedAt(),
        running,
        List.copyOf(facts),
        fenceOf(life),
        asleep && !life.memory().ended());
  }

  /** How it fares before anything is done for it. */
  public LifeStatus status(String driver) {
    return LifeView.status(order, state, version, Optional.empty(), acceptedAt, driver, fence);
  }
}
