package io.ordinal.agent.host;

import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.id.Session;
import java.time.Instant;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;

/** The session's way to rest, once a planned stop has asked for it. Used by one thread. */
final class Retirement {
  private final HostSettings settings;
  private final Household household;
  private final Tenure tenure;
  private final ActorRef<AgentCommand> agent;
  private Optional<NodeAgent.Rest> wish = Optional.empty();

  /**
   * @param agent where the controllers' answer goes
   */
  Retirement(
      HostSettings settings, Household household, Tenure tenure, ActorRef<AgentCommand> agent) {
    this.settings = settings;
    this.household = household;
    this.tenure = tenure;
    this.agent = agent;
  }

  void wish(NodeAgent.Rest message) {
    wish = Optional.of(message);
  }

  /** No session that is found from now on is to be renewed. */
  boolean isWished() {
    return wish.isPresent();
  }

  Contact.Resting begin(ActorRef<FrontDoorRequest> door, Session session, Instant now) {
    return new Contact.Resting(door, session, tenure.ask(), now);
  }

  /**
   * Asks the front door, as often as it does not answer.
   *
   * @return false when it has been silent for too long: another one may answer
   */
  boolean ask(Contact.Resting asking, Instant now) {
    if (asking.silentFor(settings.silence(), now)) return false;
    asking.ask(agent);
    return true;
  }

  /** The controllers' word that a session rests. */
  boolean isAnswered(Contact contact, Session resting) {
    boolean asked = contact instanceof Contact.Resting asking && asking.session().equals(resting);
    return asked && tenure.is(resting);
  }

  /** The launchers' deadline is lifted: nothing ends by itself any more. */
  void done() {
    tenure.lift();
    household.adrift();
    wish.ifPresent(
        each -> household.tell(new HostedLives.TellRest(true, Optional.empty(), each.replyTo())));
  }

  /** It took too long: whoever asked is told which lives end with the lease. */
  void tooLate() {
    wish.ifPresent(
        each -> household.tell(new HostedLives.TellRest(false, tenure.left(), each.replyTo())));
  }
}
