package io.ordinal.controller.node;

import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.Identify;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/**
 * Lets this controller be heard by a member that follows another one at its address. Artery puts a
 * member that ended in order into quarantine, and drops what it is told, until its successor speaks
 * here. A node has no reason to: another controller is its front door. A message to a selection
 * alone passes a quarantine, and the handshake that it brings makes the successor known, so that
 * what is told next arrives. The node itself pays no heed to it, since it trusts no selection.
 */
final class Knock {
  private Knock() {}

  /** Best effort, as cheap as a message. Nothing for an actor of this system. */
  static void at(ActorRef<?> remote, ActorSystem<?> system) {
    ActorPath path = Adapter.toClassic(remote).path();
    if (path.address().hasLocalScope()) return;
    Adapter.toClassic(system)
        .actorSelection(path)
        .tell(new Identify(path.name()), Adapter.toClassic(system.ignoreRef()));
  }
}
