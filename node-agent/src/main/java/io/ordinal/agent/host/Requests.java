package io.ordinal.agent.host;

import io.ordinal.agent.state.LifeName;
import io.ordinal.protocol.agent.AgentCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lives on their way in: asked about until the front door answers, then written down, then hosted.
 */
final class Requests {
  private final Duration first;
  private final Duration most;
  private final Map<LifeName, Asked> asked = new LinkedHashMap<>();
  private final Map<LifeName, Optional<AgentCommand.Stop>> accepting = new LinkedHashMap<>();

  private record Asked(Duration pause, Instant dueAt) {}

  Requests(Duration first, Duration most) {
    this.first = first;
    this.most = most;
  }

  /** A question leaves now; it is due again after a while. */
  void ask(LifeName life, Instant now) {
    if (!accepting.containsKey(life)) asked.putIfAbsent(life, new Asked(first, now.plus(first)));
  }

  /** What is not answered yet, after a break. */
  List<LifeName> all() {
    return List.copyOf(asked.keySet());
  }

  /** What is to be asked again now, each time after a longer pause. */
  List<LifeName> due(Instant now) {
    List<LifeName> due = new ArrayList<>();
    asked.replaceAll(
        (life, entry) -> {
          if (entry.dueAt().isAfter(now)) return entry;
          due.add(life);
          Duration doubled = entry.pause().multipliedBy(2);
          Duration pause = doubled.compareTo(most) < 0 ? doubled : most;
          return new Asked(pause, now.plus(pause));
        });
    return due;
  }

  boolean isAsked(LifeName life) {
    return asked.containsKey(life);
  }

  void accept(LifeName life) {
    asked.remove(life);
    accepting.put(life, Optional.empty());
  }

  /** This life is being written down. */
  boolean accepting(LifeName life) {
    return accepting.containsKey(life);
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
    asked
        .keySet()
        .removeIf(
            each ->
                each.replica().equals(life.replica())
                    && !each.incarnation().isAfter(life.incarnation()));
  }
}
