package io.ordinal.controller.drill;

import com.typesafe.config.Config;
import io.ordinal.controller.setting.Section;
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
  private static final Section OURS = new Section("ordinal.drills");

  public DrillSettings {
    OURS.positive("look", look);
    OURS.positive("watch", watch);
    OURS.positive("resend", resend);
    OURS.positive("publish", publish);
    OURS.positive("inject-patience", injectPatience);
    OURS.positive("revert-patience", revertPatience);
    OURS.positive("probe-timeout", probeTimeout);
    OURS.positive("write", write);
    if (resync.compareTo(look) < 0) {
      throw new IllegalArgumentException(
          "ordinal.drills.resync (%s) must not be below look (%s)".formatted(resync, look));
    }
    OURS.positive("moments", moments);
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
}
