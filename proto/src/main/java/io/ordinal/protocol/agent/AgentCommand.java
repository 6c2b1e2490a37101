package io.ordinal.protocol.agent;

import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import org.apache.pekko.actor.typed.ActorRef;

/** What controllers tell a node agent. Every command may arrive late, twice or never. */
public sealed interface AgentCommand {
  <R> R match(Cases<R> cases);

  /**
   * The node is registered (or goes on) as this session; it counts its lease from when it sent each
   * renewal.
   */
  record Welcome(Session session, Duration lease) implements AgentCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.welcome(this);
    }
  }

  /** Registration is refused for now; the agent tries again. The reason is for people. */
  record NotNow(String reason) implements AgentCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.notNow(this);
    }
  }

  /** The renewal with this sequence number is committed. */
  record Granted(Session session, long sequence) implements AgentCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.granted(this);
    }
  }

  /**
   * The session has lapsed or is unknown: its fenced lives must end, and the node must register
   * anew.
   */
  record Lapsed(Session session) implements AgentCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.lapsed(this);
    }
  }

  /**
   * A hint that this life was placed here. The agent asks {@link FrontDoorRequest.Confirm} before
   * it acts.
   */
  record Start(ReplicaId replica, Incarnation incarnation) implements AgentCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.start(this);
    }
  }

  /**
   * The answer to Confirm, from a linearizable read begun after it arrived: the life is placed
   * here.
   */
  record Confirmed(LifeOrder order) implements AgentCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.confirmed(this);
    }
  }

  /**
   * The answer to Confirm: this incarnation, and all lower ones, must never start here (any more).
   */
  record Over(ReplicaId replica, Incarnation incarnation) implements AgentCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.over(this);
    }
  }

  /**
   * End this life and answer with a status of phase ENDED, also when it is not known here, but then
   * only after durably noting that this incarnation and all lower ones never start here.
   *
   * @param grace between the polite signal and SIGKILL; zero means SIGKILL now
   */
  record Stop(ReplicaId replica, Incarnation incarnation, Duration grace) implements AgentCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.stop(this);
    }
  }

  /**
   * The status with this version is durably known to the controllers; the agent need not repeat it.
   */
  record Noted(ReplicaId replica, Incarnation incarnation, long version) implements AgentCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.noted(this);
    }
  }

  /**
   * Read a piece of a container's log.
   *
   * @param cursor 0 for the beginning of what is kept, otherwise {@link LogChunk#next()} of the
   *     piece before
   * @param tail with cursor 0: begin so many lines before the end; negative for all
   * @param previous of the container's run before the present one
   * @param patience how long the agent may wait for new output before it answers with nothing
   */
  record ReadLog(
      ReplicaId replica,
      String container,
      boolean previous,
      long cursor,
      long tail,
      int maxBytes,
      Duration patience,
      ActorRef<LogChunk> replyTo)
      implements AgentCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.readLog(this);
    }
  }

  /**
   * The volume of this name was released and is to be deleted: the agent removes its directory
   * unless a life here uses it, and answers {@link FrontDoorRequest.VolumeRemoved}, also when there
   * is no such directory.
   */
  record RemoveVolume(String volume) implements AgentCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.removeVolume(this);
    }
  }

  /** One method a command, so that a new one must be decided everywhere before it compiles. */
  interface Cases<R> {
    R welcome(Welcome command);

    R notNow(NotNow command);

    R granted(Granted command);

    R lapsed(Lapsed command);

    R start(Start command);

    R confirmed(Confirmed command);

    R over(Over command);

    R stop(Stop command);

    R noted(Noted command);

    R readLog(ReadLog command);

    R removeVolume(RemoveVolume command);
  }
}
