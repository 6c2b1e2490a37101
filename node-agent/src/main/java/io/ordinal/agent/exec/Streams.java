package io.ordinal.agent.exec;

import io.ordinal.protocol.agent.StreamAnswer;
import org.apache.pekko.actor.typed.ActorRef;

/** Where streams to things of this node are opened. */
public interface Streams {
  /** Opens one and answers, or refuses. Never blocks. */
  void open(StreamTarget target, ActorRef<StreamAnswer> replyTo);
}
