package io.ordinal.agent.host;

import io.ordinal.protocol.id.ReplicaId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a node goes to rest for a planned stop.
 *
 * @param hosting whether there is any life here
 * @param resting every life goes on: the controllers have committed that this session rests, and
 *     the launchers' deadline is lifted
 * @param ending otherwise: the fenced lives, which their launchers will end
 * @param within when the last of them is ended; empty when there is no lease
 */
public record Rested(
    boolean hosting, boolean resting, List<ReplicaId> ending, Optional<Duration> within) {
  public Rested {
    ending = List.copyOf(ending);
  }

  /** One sentence for people. */
  public String inWords() {
    if (!hosting) return "no workload runs here";
    if (resting) return "every workload goes on running";
    if (ending.isEmpty()) return "no fenced workload runs here; the others go on running";
    return "no controller answered: %s will end%s, the others go on running"
        .formatted(
            ending, within.map(left -> " within " + left.toSeconds() + " s").orElse(" at once"));
  }
}
