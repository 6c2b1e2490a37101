package io.ordinal.agent.host;

import io.ordinal.agent.state.LifeName;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LogChunk;
import io.ordinal.protocol.agent.StreamAnswer;
import io.ordinal.protocol.id.ReplicaId;
import java.util.List;
import java.util.Optional;

/** What can be said of a life of which nothing is left here. */
final class UnknownLife {
  /** Above every version that the life may have told while it was known. */
  private static final long LAST_VERSION = Long.MAX_VALUE;

  private UnknownLife() {}

  static LifeStatus ended(LifeName life) {
    return new LifeStatus(
        life.replica(),
        life.incarnation(),
        LAST_VERSION,
        LifeStatus.Phase.ENDED,
        false,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        List.of(),
        "",
        "",
        false);
  }

  static LogChunk noLog(AgentCommand.ReadLog query) {
    return new LogChunk(new byte[0], 0, true, Optional.of(notHere(query.replica())));
  }

  static StreamAnswer noStream(AgentCommand.OpenStream query) {
    return new StreamAnswer.Refused(notHere(query.replica()));
  }

  private static String notHere(ReplicaId replica) {
    return "pod \"" + replica.name() + "\" has not begun on its node, or has ended there";
  }
}
