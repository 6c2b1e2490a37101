package io.ordinal.controller.cluster;

import org.apache.pekko.actor.typed.ActorRef;

/** What controllers ask each other before they are one cluster. */
public sealed interface FormationMessage extends Formation.Command {
  /** Which formation are you in? */
  record Question(ActorRef<Answer> replyTo) implements FormationMessage {}

  /**
   * @param seat who answers
   * @param number of its formation; 0 for none
   */
  record Answer(Seat seat, long number) implements FormationMessage {}
}
