package io.ordinal.agent.lifecycle;

import io.ordinal.protocol.agent.AgentEvent;
import io.ordinal.protocol.agent.ProbeOrder;
import java.time.Duration;

/** Something to be done for a life. Every action may be carried out twice without harm. */
public sealed interface LifeAction {
  <R> R match(Cases<R> cases);

  /** Start this run, after the intention is durable; answered by Started, Refused, StartFailed. */
  record Start(String container, int attempt) implements LifeAction {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.start(this);
    }
  }

  /** SIGTERM to the container's first process. */
  record Terminate(String container, int attempt) implements LifeAction {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.terminate(this);
    }
  }

  /** SIGKILL to every process of the run; answered by Exited. */
  record Kill(String container, int attempt) implements LifeAction {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.kill(this);
    }
  }

  /** Run a hook; answered by HookEnded. */
  record RunHook(String container, int attempt, Hook hook, ProbeOrder.Check check, Duration timeout)
      implements LifeAction {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.runHook(this);
    }
  }

  /** Ask a probe; answered by Checked. */
  record Ask(
      String container, int attempt, ProbeKind kind, ProbeOrder.Check check, Duration timeout)
      implements LifeAction {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.ask(this);
    }
  }

  /** Tell people. */
  record Tell(AgentEvent event) implements LifeAction {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.tell(this);
    }
  }

  /** One method a kind of action. */
  interface Cases<R> {
    R start(Start action);

    R terminate(Terminate action);

    R kill(Kill action);

    R runHook(RunHook action);

    R ask(Ask action);

    R tell(Tell action);
  }
}
