package io.ordinal.agent.volume;

import io.ordinal.agent.driver.LaunchSpec;
import io.ordinal.protocol.agent.AgentEvent;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.VolumeOrder;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Makes the volumes of a life ready. Never blocks the caller; every call may be repeated. */
public interface Volumes {
  /**
   * Makes or finds every volume of the life, writes its files and marks claimed ones with its
   * incarnation.
   *
   * @return what each container sees, by container name; fails with {@link
   *     io.ordinal.agent.driver.Driver.LaunchRefused} (reason such as FailedMount) when a volume
   *     cannot be had, in particular when it bears a newer incarnation
   * @param people hears events, on any thread
   */
  CompletionStage<Map<String, List<LaunchSpec.Mount>>> prepare(
      LifeOrder order, Consumer<AgentEvent> people);

  /** Lives with files that expire. */
  CompletionStage<List<Aging>> aging();

  /**
   * Puts new files in place of those of a life that expire, while its processes may read them; does
   * nothing for a life that is over.
   */
  CompletionStage<Void> refresh(
      ReplicaId replica, Incarnation incarnation, List<VolumeOrder.Files> volumes);

  /**
   * No process of the life exists any more, and nobody was told yet: volumes that other nodes see
   * say so from now on. Fails when they cannot be reached within a while.
   */
  CompletionStage<Void> leave(LifeOrder order);

  /** Removes what goes with the life; claimed volumes stay. Only after its last process ended. */
  CompletionStage<Void> release(LifeOrder order);

  /**
   * Removes a claimed volume, with all that is in it; one that is not there is no failure. Only
   * when no life uses it.
   *
   * @param path where a shared one is, which must bear its mark; empty for one that this node made
   */
  CompletionStage<Void> remove(String volume, String path);
}
