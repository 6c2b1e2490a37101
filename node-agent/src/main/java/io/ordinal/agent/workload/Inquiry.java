package io.ordinal.agent.workload;

import io.ordinal.protocol.agent.AgentCommand;

/** What a controller asks of a hosted life beside its course. */
public sealed interface Inquiry {
  <R> R match(Cases<R> cases);

  /** A piece of a container's log. */
  record Log(AgentCommand.ReadLog query) implements Inquiry {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.log(query);
    }
  }

  /** A stream to a container or to a port. */
  record Stream(AgentCommand.OpenStream query) implements Inquiry {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.stream(query);
    }
  }

  /** One method each, so that a new one must be answered before it compiles. */
  interface Cases<R> {
    R log(AgentCommand.ReadLog query);

    R stream(AgentCommand.OpenStream query);
  }
}
