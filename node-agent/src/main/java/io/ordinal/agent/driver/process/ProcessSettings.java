package io.ordinal.agent.driver.process;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.Locale;

/**
 * Settings of the process driver, {@code ordinal.agent.process}; see reference.conf.
 *
 * @param podInterface {@code ordinal.agent.network.interface}: pods' addresses stand on it
 */
public record ProcessSettings(
    Namespaces namespaces,
    String path,
    String home,
    int startsAtOnce,
    Duration startPatience,
    Duration liveness,
    Duration strayPatience,
    Duration strayPause,
    Duration deadlineStep,
    int execOutputBytes,
    Duration hangUp,
    long logKeepBytes,
    Duration logLook,
    String podInterface,
    String nodeAddress) {
  private static final String ROOT = "ordinal.agent.process";
  private static final Duration SHORTEST_STEP = Duration.ofMillis(10);

  /** Whether namespaces are used. */
  public enum Namespaces {
    /** Whatever the machine allows. */
    AUTO,
    /** None, even if it would. */
    OFF
  }

  public ProcessSettings {
    if (startsAtOnce < 1) {
      throw new IllegalArgumentException(
          ROOT + ".starts-at-once must be positive, got " + startsAtOnce);
    }
    if (strayPause.isNegative() || strayPause.isZero()) {
      throw new IllegalArgumentException(ROOT + ".stray-pause must be positive, got " + strayPause);
    }
    if (deadlineStep.compareTo(SHORTEST_STEP) < 0) {
      throw new IllegalArgumentException(
          ROOT + ".deadline-step must be at least " + SHORTEST_STEP + ", got " + deadlineStep);
    }
    if (execOutputBytes < 1 || logKeepBytes < 1) {
      throw new IllegalArgumentException(
          ROOT
              + ".exec-output and log.keep must be positive, got "
              + execOutputBytes
              + " and "
              + logKeepBytes);
    }
  }

  /** Whether this machine answers for the address only as long as somebody lives there. */
  boolean takesAway(String address) {
    boolean anyway = address.startsWith("127.") || address.equals(nodeAddress);
    return !podInterface.isBlank() && !anyway;
  }

  private static Namespaces namespaces(Config own) {
    String said = own.getString("namespaces");
    return switch (said.toLowerCase(Locale.ROOT)) {
      case "auto" -> Namespaces.AUTO;
      case "off", "false" -> Namespaces.OFF;
      default ->
          throw new IllegalArgumentException(
              ROOT + ".namespaces: expected auto or off, found '" + said + "'");
    };
  }

  /** Reads them from the whole configuration. */
  public static ProcessSettings from(Config config) {
    Config own = config.getConfig(ROOT);
    return new ProcessSettings(
        namespaces(own),
        own.getString("path"),
        own.getString("home"),
        own.getInt("starts-at-once"),
        own.getDuration("start-patience"),
        own.getDuration("liveness"),
        own.getDuration("stray-patience"),
        own.getDuration("stray-pause"),
        own.getDuration("deadline-step"),
        Math.toIntExact(own.getBytes("exec-output")),
        own.getDuration("hang-up"),
        own.getBytes("log.keep"),
        own.getDuration("log.look"),
        config.getString("ordinal.agent.network.interface"),
        config.getString("ordinal.agent.network.node-address"));
  }
}
