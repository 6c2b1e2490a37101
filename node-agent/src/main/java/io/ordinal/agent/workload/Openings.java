package io.ordinal.agent.workload;

import io.ordinal.agent.driver.ContainerRun;
import io.ordinal.agent.exec.StreamTarget;
import io.ordinal.agent.exec.Streams;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.StreamAnswer;
import io.ordinal.protocol.agent.StreamPurpose;
import java.util.Optional;

/** What a stream to a life leads to at a moment. */
record Openings(Attempts attempts) {
  /**
   * @param address of the pod
   */
  void open(AgentCommand.OpenStream query, String address, Streams streams) {
    query
        .purpose()
        .match(new Targets(this, address))
        .ifPresentOrElse(
            target -> streams.open(target, query.replyTo()),
            () -> query.replyTo().tell(new StreamAnswer.Refused(notRunning(query.purpose()))));
  }

  private Optional<ContainerRun> runningIn(String container) {
    LifeOrder order = attempts.order();
    Attempts.Chosen chosen = attempts.of(container, false);
    if (!chosen.running()) return Optional.empty();
    return Optional.of(
        new ContainerRun(order.replica(), order.incarnation(), container, chosen.attempt()));
  }

  private boolean anyRuns() {
    return attempts.order().containers().stream()
        .anyMatch(each -> runningIn(each.name()).isPresent());
  }

  private String notRunning(StreamPurpose purpose) {
    String pod = attempts.order().replica().name();
    if (purpose instanceof StreamPurpose.Exec exec) return notRunning(exec.container(), pod);
    if (purpose instanceof StreamPurpose.Attach attach) return notRunning(attach.container(), pod);
    return "pod \"" + pod + "\" is not running";
  }

  private static String notRunning(String container, String pod) {
    return "container \"" + container + "\" in pod \"" + pod + "\" is not running";
  }

  private record Targets(Openings openings, String address)
      implements StreamPurpose.Cases<Optional<StreamTarget>> {
    @Override
    public Optional<StreamTarget> exec(StreamPurpose.Exec purpose) {
      return openings
          .runningIn(purpose.container())
          .map(run -> new StreamTarget.Command(run, purpose.command(), purpose.wanted()));
    }

    @Override
    public Optional<StreamTarget> attach(StreamPurpose.Attach purpose) {
      return openings.runningIn(purpose.container()).map(StreamTarget.Output::new);
    }

    @Override
    public Optional<StreamTarget> forward(StreamPurpose.Forward purpose) {
      if (!openings.anyRuns()) return Optional.empty();
      return Optional.of(
          purpose.port() == 0
              ? new StreamTarget.Nothing()
              : new StreamTarget.Port(address, purpose.port()));
    }
  }
}
