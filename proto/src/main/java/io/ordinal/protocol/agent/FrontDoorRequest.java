package io.ordinal.protocol.agent;

import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.MachineId;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.pekko.actor.typed.ActorRef;

/** What a node agent tells the controllers, at the front door of any of them. */
public sealed interface FrontDoorRequest {
  /** The actor name under which every controller's front door is found, below {@code /user}. */
  String ACTOR_NAME = "front-door";

  /**
   * The agent introduces itself, before anything else and again after every break.
   *
   * <p>It may be handled long after it was said, when the agent has gone on. So it says nothing
   * about sessions that began since: it closes the one that it names, and those before it.
   *
   * @param machine empty when the machine has nothing to be told by
   * @param previous the session to go on with, when this node has one whose lease has not lapsed by
   *     its own clock
   * @param ended the last session that this state directory had, when that lapsed (or its lives
   *     were ended for good): the agent vouches that every fenced life of it and of all before it
   *     has ended, and never goes on with it. Empty with {@code previous}, and when the directory
   *     remembers none: then the agent vouches for nothing
   * @param lifted no deadline holds for the fenced lives of {@code previous}: it rested when the
   *     agent stopped, and has not been armed since
   * @param lives every life that still runs here or whose end has not been noted yet
   */
  record Hello(
      NodeName node,
      UUID stateUuid,
      String bootId,
      Optional<MachineId> machine,
      Optional<Session> previous,
      Optional<Session> ended,
      boolean lifted,
      NodeInventory inventory,
      List<LifeStatus> lives,
      ActorRef<AgentCommand> agent)
      implements FrontDoorRequest {}

  /** Asks for the lease to be prolonged. Sequence numbers rise by one within a session. */
  record Renew(Session session, long sequence, ActorRef<AgentCommand> agent)
      implements FrontDoorRequest {}

  /** May this life start here? Answered by Confirmed or Over. */
  record Confirm(
      Session session, ReplicaId replica, Incarnation incarnation, ActorRef<AgentCommand> agent)
      implements FrontDoorRequest {}

  /**
   * Asks for the files of a life that age ({@link VolumeOrder.Files#renewal}) anew. Answered by
   * {@link AgentCommand.Refreshed}, or not at all: the agent asks again.
   */
  record Refresh(
      Session session, ReplicaId replica, Incarnation incarnation, ActorRef<AgentCommand> agent)
      implements FrontDoorRequest {}

  /** How a life fares. Repeated until Noted. */
  record Report(Session session, LifeStatus status, ActorRef<AgentCommand> agent)
      implements FrontDoorRequest {}

  /**
   * Something a person may want to read about a life; becomes a {@code v1/Event}. Sent once, may be
   * lost.
   */
  record Happened(
      Session session, ReplicaId replica, Incarnation incarnation, String podUid, AgentEvent event)
      implements FrontDoorRequest {}

  /**
   * The answer to {@link AgentCommand.RemoveVolume}. May be lost: the controllers ask again.
   *
   * @param obstacle why the directory is still there, for people; empty when it is gone
   */
  record VolumeRemoved(Session session, String volume, Optional<String> obstacle)
      implements FrontDoorRequest {}

  /**
   * A planned stop: the agent is about to go and wants its lives kept meanwhile. Answered by {@link
   * AgentCommand.Resting} once that is committed, and by Lapsed when the session is over. Repeated
   * with the same number.
   *
   * @param sequence counts on from those of Renew, and no Renew follows it before the node is back:
   *     controllers who have granted a higher one pass over this Rest, since it is late
   */
  record Rest(Session session, long sequence, ActorRef<AgentCommand> agent)
      implements FrontDoorRequest {}

  /**
   * The agent of a resting session has armed its deadline durably at a grant: leases count again.
   * Repeated until the controllers answer with {@link AgentCommand.Welcome} whose {@code resting}
   * is false, once that is committed.
   *
   * @param sequence of the grant: controllers pass over it when it is lower than that of the Rest
   *     which was committed, since it is late and the deadline may have been lifted since
   */
  record Armed(Session session, long sequence, ActorRef<AgentCommand> agent)
      implements FrontDoorRequest {}

  /**
   * What became of a fault of a drill. Told at every change, after a restart of the member too, and
   * again whenever the drill's Inject or Revert is repeated. May be lost.
   *
   * @param member name of the member that the fault is done to
   * @param message for people
   * @param at when the state was reached, by the clock of the member's machine
   * @param session of the node that says it; empty when a member that is no node tells its own
   *     front door, in the same process
   */
  record Injected(
      String member,
      String drill,
      State state,
      String message,
      Instant at,
      Optional<Session> session)
      implements FrontDoorRequest {
    public Injected by(Optional<Session> teller) {
      return new Injected(member, drill, state, message, at, teller);
    }

    /** For people; drills have ids, which are those of their objects. */
    public String inWords() {
      String standing =
          switch (state) {
            case REFUSED -> "is refused";
            case ACCEPTED -> "is accepted";
            case ACTIVE -> "is at work";
            case REVERTED -> "is over";
            case FAILED -> "failed";
          };
      String why = message.isEmpty() ? "" : ": " + message;
      return "the fault of drill %s on %s %s%s".formatted(drill, member, standing, why);
    }

    /** accepted -> active -> reverted; refused and failed are final. */
    public enum State {
      /** Never to be done here: drills are not enabled, or nothing here fits the fault. */
      REFUSED,
      /** Written down; the process that does it and reverts it was started. */
      ACCEPTED,
      /** Done, not yet reverted. */
      ACTIVE,
      /** Over: by time, by Revert, or because there is nothing to revert. */
      REVERTED,
      /** Could not be done; nothing of it is left. */
      FAILED
    }
  }
}
