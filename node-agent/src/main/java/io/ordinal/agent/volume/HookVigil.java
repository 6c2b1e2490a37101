package io.ordinal.agent.volume;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hooks that other nodes run, or earlier attempts of this one: since when this agent has seen each,
 * on its own clock, and which of them must have ended by now. Of no use to the next agent, which
 * waits anew.
 */
final class HookVigil {
  private final Duration grace;
  private final InstantSource clock;
  private final Map<SharedMark, Instant> seen = new ConcurrentHashMap<>();

  /**
   * @param clock that nobody sets
   */
  HookVigil(Duration grace, InstantSource clock) {
    this.grace = grace;
    this.clock = clock;
  }

  /** Forgets runs of the volume's hook that its marks tell of no more. */
  void look(String volume, Collection<SharedMark> marks) {
    seen.keySet().removeIf(mark -> mark.volume().equals(volume) && !marks.contains(mark));
  }

  /** Whether the hook that this mark tells of was killed by now, if it did not end before. */
  boolean ended(SharedMark fencing) {
    Instant first = seen.computeIfAbsent(fencing, mark -> clock.instant());
    Duration most = Duration.ofMillis(fencing.hookMillis()).plus(grace);
    return !clock.instant().isBefore(first.plus(most));
  }
}
