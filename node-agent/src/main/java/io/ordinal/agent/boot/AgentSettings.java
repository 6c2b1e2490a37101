package io.ordinal.agent.boot;

import com.typesafe.config.Config;
import io.ordinal.agent.host.HostSettings;
import io.ordinal.agent.lifecycle.BackOff;
import io.ordinal.agent.lifecycle.LifecycleSettings;
import java.time.Duration;

/**
 * Settings of an agent, read once from {@code ordinal.agent}; see reference.conf.
 *
 * @param machine what this one is told from others by; blank for its own files
 * @param stateWriters threads that write the agent's memory
 * @param restPatience how long a planned stop waits for the controllers' word
 * @param restartPause after the agent itself failed, doubling up to {@code restartPauseMost}
 */
public record AgentSettings(
    HostSettings host,
    LifecycleSettings lifecycle,
    String machine,
    int pods,
    int stateWriters,
    Duration restartPause,
    Duration restartPauseMost,
    Duration restPatience) {
  public AgentSettings {
    atLeastOne("ordinal.agent.host.pods", pods);
    atLeastOne("ordinal.agent.host.state-writers", stateWriters);
    if (restartPause.compareTo(restartPauseMost) > 0) {
      throw new IllegalArgumentException(
          "ordinal.agent.host.restart-pause (%s) must not exceed restart-pause-most (%s)"
              .formatted(restartPause, restartPauseMost));
    }
  }

  private static void atLeastOne(String key, int value) {
    if (value < 1) throw new IllegalArgumentException(key + " must be at least 1, got " + value);
  }

  /** Reads them from the whole configuration. */
  public static AgentSettings from(Config root) {
    Config host = root.getConfig("ordinal.agent.host");
    return new AgentSettings(
        HostSettings.from(root),
        lifecycle(root.getConfig("ordinal.agent.workload")),
        host.getString("machine"),
        host.getInt("pods"),
        host.getInt("state-writers"),
        host.getDuration("restart-pause"),
        host.getDuration("restart-pause-most"),
        host.getDuration("rest-patience"));
  }

  private static LifecycleSettings lifecycle(Config config) {
    return new LifecycleSettings(
        backOff(config.getConfig("restart")),
        backOff(config.getConfig("refusal")),
        config.getDuration("eager-probe"),
        config.getDuration("minimum-grace"),
        config.getDuration("post-start-patience"),
        config.getDuration("repeat"));
  }

  private static BackOff backOff(Config config) {
    return new BackOff(
        config.getDuration("first"), config.getDuration("most"), config.getDuration("forget"));
  }
}
