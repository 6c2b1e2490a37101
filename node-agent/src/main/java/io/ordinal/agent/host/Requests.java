package io.ordinal.agent.host;

import io.ordinal.agent.state.LifeName;
import io.ordinal.protocol.agent.AgentCommand;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lives on their way in: asked about until the front door answers, then written down, then hosted.
 */
final class Requests {
  private final Set<LifeName> asked = new LinkedHashSet<>();
  private final Map<LifeName, Optional<AgentCommand.Stop>> accepting = new LinkedHashMap<>();

  void ask(LifeName life) {
    if (!accepting.containsKey(life)) asked.add(life);
  }

  /** To be asked about, again and again. */
  List<LifeName> open() {
    return List.copyOf(asked);
  }

  boolean isAsked(LifeName life) {
    return asked.contains(life);
  }

  void accept(LifeName life) {
    asked.remove(life);
    accepting.put(life, Optional.empty());
  }

  /** Some life is being written down. */
  boolean accepting() {
    return !accepting.isEmpty();
  }

  /**
   * Whether the life is being written down at the moment; it is stopped as soon as it is hosted.
   */
  boolean stopWhenAccepted(LifeName life, AgentCommand.Stop stop) {
    return accepting.replace(life, Optional.of(stop)) != null;
  }

  /** The life stands on disk, or could not be put there. Answers the stop that came meanwhile. */
  Optional<AgentCommand.Stop> accepted(LifeName life) {
    return accepting.remove(life);
  }

  /** Neither this life nor an earlier one of the replica is asked about any more. */
  void withdraw(LifeName life) {
    asked.removeIf(
        each ->
            each.replica().equals(life.replica())
                && !each.incarnation().isAfter(life.incarnation()));
  }
}
