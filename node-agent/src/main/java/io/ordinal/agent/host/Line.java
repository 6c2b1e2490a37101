package io.ordinal.agent.host;

import io.ordinal.agent.state.LifeName;
import io.ordinal.agent.workload.WorkloadNews;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.id.Session;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;

/** The line to a front door, while there is one; what is said without one is lost. */
final class Line {
  /** Instead of a removal that must not be. */
  static final CompletionStage<Void> IN_USE =
      CompletableFuture.failedStage(new IllegalStateException("a life on this node uses it"));

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

  Optional<Session> session() {
    return other.map(HostedLives.Connected::session);
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

  /** Tells how it came out once it has, from whatever thread that is: only values are used. */
  void removed(String volume, CompletionStage<Void> removal) {
    other.ifPresent(
        at ->
            removal.whenComplete(
                (nothing, failure) ->
                    at.door()
                        .tell(
                            new FrontDoorRequest.VolumeRemoved(
                                at.session(),
                                volume,
                                Optional.ofNullable(failure).map(Line::obstacle)))));
  }

  private static String obstacle(Throwable failure) {
    boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
    Throwable cause = wrapped ? failure.getCause() : failure;
    return cause instanceof IllegalStateException ? cause.getMessage() : cause.toString();
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
