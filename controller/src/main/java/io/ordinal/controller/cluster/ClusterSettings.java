package io.ordinal.controller.cluster;

import com.typesafe.config.Config;
import io.ordinal.controller.setting.Section;
import java.time.Duration;

/**
 * {@code ordinal.cluster}; see {@code reference.conf}.
 *
 * @param askAgain how often others are asked while no cluster was found
 * @param foundAfter how long before those who do not answer count as unreachable
 * @param joinPatience how long an admission may take before others are asked again
 * @param look how often a member compares its cluster with the recorded one
 * @param stableAfter how long a member must have been unreachable before it is downed
 * @param decideAgain pause before another attempt to down it
 */
public record ClusterSettings(
    Duration askAgain,
    Duration foundAfter,
    Duration joinPatience,
    Duration look,
    Duration stableAfter,
    Duration decideAgain) {
  private static final Section OURS = new Section("ordinal.cluster");

  public ClusterSettings {
    OURS.positive("ask-again", askAgain);
    OURS.positive("join-patience", joinPatience);
    OURS.positive("look", look);
    OURS.positive("stable-after", stableAfter);
    OURS.positive("decide-again", decideAgain);
    if (foundAfter.compareTo(look) <= 0) {
      throw new IllegalArgumentException(
          "ordinal.cluster.found-after (%s) must be more than look (%s)"
              .formatted(foundAfter, look));
    }
    if (foundAfter.compareTo(askAgain.multipliedBy(2)) < 0) {
      throw new IllegalArgumentException(
          "ordinal.cluster.found-after (%s) must be at least twice ask-again (%s)"
              .formatted(foundAfter, askAgain));
    }
  }

  /**
   * @param config the section {@code ordinal.cluster}
   */
  public static ClusterSettings of(Config config) {
    return new ClusterSettings(
        config.getDuration("ask-again"),
        config.getDuration("found-after"),
        config.getDuration("join-patience"),
        config.getDuration("look"),
        config.getDuration("stable-after"),
        config.getDuration("decide-again"));
  }
}
