package io.ordinal.agent.host;

import io.ordinal.agent.lifecycle.Fact;
import io.ordinal.agent.state.StoredLife;
import io.ordinal.agent.workload.HostedLife;
import io.ordinal.protocol.agent.AgentCommand;
import java.time.Duration;
import java.util.Optional;

/**
 * How a life is hosted that stands on disk now: what was learnt while it was being written down may
 * have made it unwanted, and then nothing of it may start. Pure.
 *
 * @param asked somebody asked for its end meanwhile
 * @param forbidden it, or a later life of its identity, was declared over
 * @param unleased the lease under which it came has run out
 */
record Admission(Optional<AgentCommand.Stop> asked, boolean forbidden, boolean unleased) {
  /** Why fenced lives end, in a word and in a sentence. */
  static final String EXPIRED = "LeaseExpired";

  static final String RAN_OUT = "The node's lease ran out";

  HostedLife of(StoredLife life) {
    return stop(life.order().fenced())
        .map(stop -> HostedLife.ending(life, stop))
        .orElseGet(() -> HostedLife.fresh(life));
  }

  private Optional<Fact.StopWanted> stop(boolean fenced) {
    if (fenced && unleased) {
      return Optional.of(new Fact.StopWanted(Duration.ZERO, EXPIRED, RAN_OUT));
    }
    if (forbidden) return Optional.of(new Fact.StopWanted(Duration.ZERO, "", ""));
    return asked.map(each -> new Fact.StopWanted(each.grace(), "", ""));
  }
}
