package io.ordinal.tests.hosts;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of a container, as its processes' environment names it.
 *
 * @param identity namespace/name
 * @param agent marker of the agent that started it
 * @param run name and attempt of the container
 */
public record Life(String identity, String agent, long incarnation, String run) {
  private static final Pattern MARKER = Pattern.compile("([^/]+)/([^/_]+)_([^/_]+)_(\\d+)/(.+)");

  /** Reads what the agent writes into ORDINAL_RUN. */
  static Optional<Life> parse(String marker) {
    Matcher matcher = MARKER.matcher(marker);
    if (!matcher.matches()) return Optional.empty();
    String identity = matcher.group(2) + "/" + matcher.group(3);
    long incarnation = Long.parseLong(matcher.group(4));
    return Optional.of(new Life(identity, matcher.group(1), incarnation, matcher.group(5)));
  }

  /** Containers of one pod may live side by side; nothing else of one identity may. */
  boolean excludes(Life other) {
    if (!identity.equals(other.identity)) return false;
    boolean samePod = agent.equals(other.agent) && incarnation == other.incarnation;
    return !samePod || container().equals(other.container());
  }

  private String container() {
    return run.substring(0, Math.max(run.lastIndexOf('.'), 0));
  }
}
