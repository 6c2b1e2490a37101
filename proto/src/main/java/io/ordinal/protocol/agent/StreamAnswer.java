package io.ordinal.protocol.agent;

import org.apache.pekko.actor.typed.ActorRef;

/** What an agent answers to {@link AgentCommand.OpenStream}. */
public sealed interface StreamAnswer {
  /**
   * The stream waits for {@link StreamWord.Begin}, though not for long: nothing has happened yet.
   *
   * @param peer the agent's end
   */
  record Opened(ActorRef<StreamMessage> peer) implements StreamAnswer {}

  /** There is no such thing here; why, for people. */
  record Refused(String why) implements StreamAnswer {}
}
