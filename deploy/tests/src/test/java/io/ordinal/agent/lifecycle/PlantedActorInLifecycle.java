package io.ordinal.agent.lifecycle;

/** An offence against the rules of the house, planted to show that they bite. */
public final class PlantedActorInLifecycle {
  static final Class<?> ACTOR = org.apache.pekko.actor.typed.ActorRef.class;
}
