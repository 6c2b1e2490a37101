package io.ordinal.controller.replica;

import org.apache.pekko.actor.typed.ActorRef;

/** Where the actor of a replica lives, as far as it has a say in it. */
interface Residence {
  /** Asks to be let go: there is nothing to look after. */
  void leave(ActorRef<ReplicaCommand> self);

  /**
   * The actor is told to go while it has a life to look after, because its place moves to another
   * controller: it must begin there at once, and nobody else would speak to it for a while.
   */
  void callElsewhere();
}
