package io.ordinal.controller.node;

import com.typesafe.config.Config;
import io.ordinal.controller.setting.Section;
import java.time.Duration;

/**
 * {@code ordinal.nodes}; see {@code reference.conf}.
 *
 * @param lease how long a granted renewal lets fenced lives run, counted by the node; of sessions
 *     that begin at this controller
 * @param margin how much longer the controllers wait before they fence
 * @param late after how long without a renewal the Node object says so
 * @param look how often leases are looked at
 * @param renewalTick renewals that arrive within it are committed together
 * @param heartbeat how often the Node object repeats that all is well
 * @param attempts how often a registration is tried against a store that moves
 * @param logAnswer how long an agent may take for a piece of log beyond the patience asked for
 * @param admissionAge how long it counts that an agent may speak for its node
 * @param refusalRepeat how often people are told that a node still may not register
 * @param words how many words of agents that ask no answer may wait at once to be believed
 */
public record NodeSettings(
    Duration lease,
    Duration margin,
    Duration late,
    Duration look,
    Duration renewalTick,
    Duration heartbeat,
    int attempts,
    Duration logAnswer,
    Duration admissionAge,
    Duration refusalRepeat,
    int words) {
  private static final Section OURS = new Section("ordinal.nodes");

  public NodeSettings {
    OURS.positive("lease", lease);
    OURS.positive("margin", margin);
    OURS.positive("look", look);
    OURS.positive("renewal-tick", renewalTick);
    OURS.positive("heartbeat", heartbeat);
    OURS.positive("log-answer", logAnswer);
    OURS.positive("admission-age", admissionAge);
    OURS.positive("refusal-repeat", refusalRepeat);
    OURS.below("renewal-tick", renewalTick, "late", late);
    OURS.below("look", look, "late", late);
    OURS.below("late", late, "lease", lease);
    OURS.positive("attempts", attempts);
    OURS.positive("words", words);
  }

  /**
   * @param config the section {@code ordinal.nodes}
   */
  public static NodeSettings of(Config config) {
    return new NodeSettings(
        config.getDuration("lease"),
        config.getDuration("margin"),
        config.getDuration("late"),
        config.getDuration("look"),
        config.getDuration("renewal-tick"),
        config.getDuration("heartbeat"),
        config.getInt("attempts"),
        config.getDuration("log-answer"),
        config.getDuration("admission-age"),
        config.getDuration("refusal-repeat"),
        config.getInt("words"));
  }

  /**
   * How long a renewal must have been seen unchanged before its session is fenced.
   *
   * @param granted how long the session's grants last
   */
  Duration patience(Duration granted) {
    return granted.plus(margin);
  }
}
