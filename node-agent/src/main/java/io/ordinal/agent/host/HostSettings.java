package io.ordinal.agent.host;

import com.typesafe.config.Config;
import io.ordinal.protocol.id.NodeName;
import java.time.Duration;
import java.util.List;

/**
 * How the agent talks to the controllers.
 *
 * @param frontDoors addresses of controllers' actor systems; empty for the one in this JVM
 * @param renewal between two requests for the lease
 * @param doubt a front door that owes an answer for so long is not the only one that is asked; the
 *     next renewal comes at the latest
 * @param silence a front door that said nothing for so long is given up
 * @param patience with the search for a front door, and with its answer to a Hello
 * @param pause before the next front door is tried
 * @param repeatFirst before something that was not answered is said again, doubling
 * @param repeatMost up to this
 * @param refresh between two looks for files that expire
 * @param refreshMost they are made anew so often, however long they hold
 * @param politeness so long before the deadline fenced lives are asked to end
 * @param reserve so long before the deadline they are killed
 */
public record HostSettings(
    NodeName node,
    List<String> frontDoors,
    Duration renewal,
    Duration doubt,
    Duration silence,
    Duration patience,
    Duration pause,
    Duration repeatFirst,
    Duration repeatMost,
    Duration refresh,
    Duration refreshMost,
    Duration politeness,
    Duration reserve) {
  private static final String PATH = "ordinal.agent.host";

  public HostSettings {
    ordered("renewal", renewal, "silence", silence);
    ordered("doubt", doubt, "silence", silence);
    ordered("refresh", refresh, "refresh-most", refreshMost);
    ordered("repeat-first", repeatFirst, "repeat-most", repeatMost);
    ordered("reserve", reserve, "politeness", politeness);
    frontDoors = List.copyOf(frontDoors);
  }

  private static void ordered(String low, Duration lower, String high, Duration higher) {
    if (lower.isNegative() || lower.isZero() || lower.compareTo(higher) > 0) {
      throw new IllegalArgumentException(
          "%s.%s (%s) must be above zero and not exceed %s (%s)"
              .formatted(PATH, low, lower, high, higher));
    }
  }

  /** Reads {@code ordinal.agent.host}. */
  public static HostSettings from(Config root) {
    Config config = root.getConfig(PATH);
    return new HostSettings(
        new NodeName(config.getString("node")),
        config.getStringList("front-doors"),
        config.getDuration("renewal"),
        config.getDuration("doubt"),
        config.getDuration("silence"),
        config.getDuration("patience"),
        config.getDuration("pause"),
        config.getDuration("repeat-first"),
        config.getDuration("repeat-most"),
        config.getDuration("refresh"),
        config.getDuration("refresh-most"),
        config.getDuration("politeness"),
        config.getDuration("reserve"));
  }
}
