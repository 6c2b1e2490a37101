package io.ordinal.agent.host;

import io.ordinal.agent.state.LifeName;
import io.ordinal.agent.workload.WorkloadNews;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.id.Session;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** The line to a front door, while there is one; what is said without one is lost. */
final class Line {
  private final ActorRef<AgentCommand> agent;
  private Optional<HostedLives.Connected> other = Optional.empty();

  /**
   * @param agent where controllers are to answer
   */
  Line(ActorRef<AgentCommand> agent) {
    this.agent = agent;
  }

  void connect(HostedLives.Connected to) {
    other = Optional.of(to);
  }

  void hangUp() {
    other = Optional.empty();
  }

  boolean connected() {
    return other.isPresent();
  }

  boolean speaksFor(Session session) {
    return other.map(HostedLives.Connected::session).equals(Optional.of(session));
  }

  void confirm(LifeName life) {
    other.ifPresent(
        at ->
            at.door()
                .tell(
                    new FrontDoorRequest.Confirm(
                        at.session(), life.replica(), life.incarnation(), agent)));
  }

  void report(LifeStatus status) {
    other.ifPresent(at -> at.door().tell(new FrontDoorRequest.Report(at.session(), status, agent)));
  }

  void tell(WorkloadNews.Happened news) {
    LifeName life = news.life();
    other.ifPresent(
        at ->
            at.door()
                .tell(
                    new FrontDoorRequest.Happened(
                        at.session(),
                        life.replica(),
                        life.incarnation(),
                        news.podUid(),
                        news.event())));
  }
}
