package io.ordinal.agent.lifecycle;

import java.time.Duration;

/**
 * The numbers that decisions about a life depend on.
 *
 * @param restart pauses between an exit and the next start
 * @param refusal pauses after the node could not start a container at all (image, volume)
 * @param eagerProbe first pause between readiness or startup checks until one succeeds
 * @param minimumGrace what a process has left after a preStop hook used up the grace
 * @param postStartPatience how long a postStart hook may take
 * @param repeat how often a kill or a start that went wrong is tried again
 */
public record LifecycleSettings(
    BackOff restart,
    BackOff refusal,
    Duration eagerProbe,
    Duration minimumGrace,
    Duration postStartPatience,
    Duration repeat) {
  public LifecycleSettings {
    positive("ordinal.agent.workload.eager-probe", eagerProbe);
    positive("ordinal.agent.workload.minimum-grace", minimumGrace);
    positive("ordinal.agent.workload.post-start-patience", postStartPatience);
    positive("ordinal.agent.workload.repeat", repeat);
  }

  private static void positive(String key, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(key + " must be above zero, got " + value);
    }
  }
}
