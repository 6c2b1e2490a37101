package io.ordinal.member;

import io.ordinal.agent.boot.AgentPlace;
import io.ordinal.agent.boot.LeftRuns;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What goes on running on a data directory when its member is gone. */
public final class LeftWorkloads {
  private LeftWorkloads() {}

  /**
   * Ends every workload of a data directory whose member is stopped; blocks. The next member starts
   * them again, as after a power cycle.
   *
   * @param grace between SIGTERM and SIGKILL
   * @return what was ended, such as {@code default/web-0}
   */
  public static List<String> stop(MemberSettings settings, Duration grace) throws IOException {
    AgentPlace place = Member.agentPlace(settings);
    return LeftRuns.end(place, settings.config(), grace);
  }
}
