package io.ordinal.protocol.agent;

import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;

/** What controllers tell a node agent. Every command may arrive late, twice or never. */
public sealed interface AgentCommand {
  <R> R match(Cases<R> cases);

  /**
   * The node is registered (or goes on) as this session; it counts its lease from when it sent each
   * renewal.
   *
   * @param resting the session rests ({@link Resting}): no lease counts until the agent has armed
   *     its deadline durably at a grant and said {@link FrontDoorRequest.Armed}
   */
  record Welcome(Session session, Duration lease, boolean resting) implements AgentCommand {
    /** Of a session that does not rest. */
    public Welcome(Session session, Duration lease) {
      this(session, lease, false);
    }

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

  /**
   * The renewal with this sequence number is committed.
   *
   * @param resting the session rested when it was: an agent that did not ask for it, or is back,
   *     says {@link FrontDoorRequest.Armed} once its deadline is armed
   */
  record Granted(Session session, long sequence, boolean resting) implements AgentCommand {
    /** Of a session that does not rest. */
    public Granted(Session session, long sequence) {
      this(session, sequence, false);
    }

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
   * Open a stream to something of a life. Answered with {@link StreamAnswer}; nothing happens
   * before {@link StreamWord.Begin}.
   *
   * @param podUid of the life that is meant; empty for the one that is here
   */
  record OpenStream(
      ReplicaId replica, String podUid, StreamPurpose purpose, ActorRef<StreamAnswer> replyTo)
      implements AgentCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.openStream(this);
    }
  }

  /**
   * The volume of this name was released and is to be deleted: the agent removes its directory
   * unless a life here uses it, and answers {@link FrontDoorRequest.VolumeRemoved}, also when there
   * is no such directory.
   *
   * @param path where a volume outside of the node's own place is (shared storage): it is removed
   *     only when its owner's mark names this volume. Empty: the node's own place
   */
  record RemoveVolume(String volume, String path) implements AgentCommand {
    /** Of a volume in the node's own place. */
    public RemoveVolume(String volume) {
      this(volume, "");
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.removeVolume(this);
    }
  }

  /**
   * The life of this incarnation is to be fenced, or kept, from now on. The agent makes it so
   * durably, in what the launchers read too, and then reports a status whose {@code fenced} says
   * so, with this basis or a higher one: an earlier word for the same is no answer. Repeated until
   * then.
   *
   * @param basis the number of the replica's record (its sequence number, which rises with every
   *     change) that this was decided on. The agent passes over what was decided on an older record
   *     than it heard of already, and at the same one over a wish to keep what is fenced: a late
   *     repetition must not lift a fence
   */
  record SetFenced(ReplicaId replica, Incarnation incarnation, boolean fenced, long basis)
      implements AgentCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.setFenced(this);
    }
  }

  /**
   * The answer to {@link FrontDoorRequest.Rest}, committed: the session is not fenced by its lease
   * until it was armed again, so the agent may lift its deadline and stop.
   */
  record Resting(Session session) implements AgentCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.resting(this);
    }
  }

  /**
   * Do this to the member for so long, as a part of a drill. Idempotent by the drill's id. Answered
   * by {@link FrontDoorRequest.Injected}, if the fault lets it. Reverts by itself, whatever happens
   * to the member.
   */
  record Inject(String drill, Fault fault, Duration duration) implements AgentCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.inject(this);
    }
  }

  /** End the drill's fault now, if it has not ended. Answered by Injected, also when unknown. */
  record Revert(String drill) implements AgentCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.revert(this);
    }
  }

  /** Tell what the node and its containers use. May take as long as it takes to measure. */
  record ReadUsage(ActorRef<NodeUsage> replyTo) implements AgentCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.readUsage(this);
    }
  }

  /**
   * The answer to {@link FrontDoorRequest.Refresh}: the files that age, made anew, by the volumes
   * that they belong to. None: the life is not placed here any more.
   */
  record Refreshed(ReplicaId replica, Incarnation incarnation, List<VolumeOrder.Files> volumes)
      implements AgentCommand {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.refreshed(this);
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

    R openStream(OpenStream command);

    R removeVolume(RemoveVolume command);

    R setFenced(SetFenced command);

    R resting(Resting command);

    R inject(Inject command);

    R revert(Revert command);

    R readUsage(ReadUsage command);

    R refreshed(Refreshed command);
  }
}
