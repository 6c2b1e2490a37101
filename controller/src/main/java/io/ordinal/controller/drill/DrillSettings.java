package io.ordinal.controller.drill;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * {@code ordinal.drills}; see {@code reference.conf}.
 *
 * @param look how often a drill that is busy is looked at
 * @param watch how often sessions are looked at meanwhile
 * @param resync how often all drills are looked at
 * @param publish how often what was seen is written down
 * @param resend how often a fault or a revert is sent until it is answered
 * @param injectPatience how long the target may take to have the fault
 * @param revertPatience how long after the fault's end its target may stay silent
 * @param probeTimeout after which a request counts as lost
 * @param write how often a client of the controllers writes
 * @param moments most entries of a timeline
 * @param patience after which a silent node's session is fenced; of {@code ordinal.nodes}
 */
public record DrillSettings(
    Duration look,
    Duration watch,
    Duration resync,
    Duration publish,
    Duration resend,
    Duration injectPatience,
    Duration revertPatience,
    Duration probeTimeout,
    Duration write,
    int moments,
    Duration patience) {
  public DrillSettings {
    positive("look", look);
    positive("watch", watch);
    positive("resend", resend);
    positive("publish", publish);
    positive("inject-patience", injectPatience);
    positive("revert-patience", revertPatience);
    positive("probe-timeout", probeTimeout);
    positive("write", write);
    if (resync.compareTo(look) < 0) {
      throw new IllegalArgumentException(
          "ordinal.drills.resync (%s) must not be below look (%s)".formatted(resync, look));
    }
    if (moments < 1) {
      throw new IllegalArgumentException("ordinal.drills.moments must be positive, is " + moments);
    }
  }

  /**
   * @param config the whole configuration
   */
  public static DrillSettings from(Config config) {
    Config drills = config.getConfig("ordinal.drills");
    return new DrillSettings(
        drills.getDuration("look"),
        drills.getDuration("watch"),
        drills.getDuration("resync"),
        drills.getDuration("publish"),
        drills.getDuration("resend"),
        drills.getDuration("inject-patience"),
        drills.getDuration("revert-patience"),
        drills.getDuration("probe-timeout"),
        drills.getDuration("write"),
        drills.getInt("moments"),
        config.getDuration("ordinal.nodes.lease").plus(config.getDuration("ordinal.nodes.margin")));
  }

  private static void positive(String key, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException("ordinal.drills." + key + " must be positive");
    }
  }
}
