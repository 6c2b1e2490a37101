package io.ordinal.agent.drill;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.Locale;

/** Settings of faults on purpose, {@code ordinal.agent.drills}; see reference.conf. */
public record DrillSettings(Allowed enabled, Duration headStart, Duration look, int remember) {
  private static final String ROOT = "ordinal.agent.drills";

  /** Whether this member lets drills harm it. */
  public enum Allowed {
    /** Only where nobody else can reach it. */
    AUTO,
    TRUE,
    FALSE
  }

  public DrillSettings {
    if (remember < 1) {
      throw new IllegalArgumentException(ROOT + ".remember must be at least 1, got " + remember);
    }
    if (look.isNegative() || look.isZero()) {
      throw new IllegalArgumentException(ROOT + ".look must be above zero, got " + look);
    }
  }

  /** Reads them from the whole configuration. */
  public static DrillSettings from(Config root) {
    Config own = root.getConfig(ROOT);
    return new DrillSettings(
        allowed(own),
        own.getDuration("head-start"),
        own.getDuration("look"),
        own.getInt("remember"));
  }

  private static Allowed allowed(Config own) {
    String said = own.getString("enabled");
    return switch (said.toLowerCase(Locale.ROOT)) {
      case "auto" -> Allowed.AUTO;
      case "true" -> Allowed.TRUE;
      case "false" -> Allowed.FALSE;
      default ->
          throw new IllegalArgumentException(
              ROOT + ".enabled: expected auto, true or false, found '" + said + "'");
    };
  }

  /**
   * @param address where other members reach this one
   */
  boolean allowed(String address) {
    return switch (enabled) {
      case AUTO -> address.startsWith("127.") || address.equals("::1");
      case TRUE -> true;
      case FALSE -> false;
    };
  }
}
