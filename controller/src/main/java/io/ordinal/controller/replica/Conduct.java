package io.ordinal.controller.replica;

import io.ordinal.controller.replica.ReplicaCommand.Noted;
import io.ordinal.controller.replica.ReplicaCommand.Reported;
import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.controller.replica.ReplicaState.Releasing;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a replica tells nodes, and people of them, according to its committed state. Nodes are told
 * everything at will again: receivers tell lives apart by the incarnation.
 */
final class Conduct {
  private static final Logger LOG = LoggerFactory.getLogger(Conduct.class);

  private final ReplicaId replica;
  private final Surroundings world;
  private final Duration overdue;
  private final Complaints complaints = new Complaints();
  private Optional<Incarnation> missed = Optional.empty();

  /**
   * @param overdue how long after its grace period the end of a life may be waited for in silence
   */
  Conduct(ReplicaId replica, Surroundings world, Duration overdue) {
    this.replica = replica;
    this.world = world;
    this.overdue = overdue;
  }

  /** Tells the node of the life what the state asks of it, if it may not know. */
  void towards(ReplicaState state, Instant now) {
    if (state instanceof Placed placed) placed(placed);
    if (state instanceof Releasing releasing) releasing(releasing, now);
  }

  private void placed(Placed placed) {
    if (placed.stay().noted() == 0) {
      tell(placed, new AgentCommand.Start(replica, placed.incarnation()));
    }
    Fence fence = placed.stay().fence();
    if (!fence.settled()) {
      tell(
          placed,
          new AgentCommand.SetFenced(replica, placed.incarnation(), fence.wish(), fence.basis()));
    }
  }

  private void tell(Placed placed, AgentCommand command) {
    world.agents().tell(placed.stay().session(), command);
  }

  private void releasing(Releasing releasing, Instant now) {
    Duration left = Duration.between(now, releasing.stopBy());
    world
        .agents()
        .tell(
            releasing.stay().session(),
            new AgentCommand.Stop(
                replica, releasing.incarnation(), left.isNegative() ? Duration.ZERO : left));
    if (left.plus(overdue).isNegative()) missed(releasing);
  }

  /** Once: it is repeated for as long as it takes. */
  private void missed(Releasing releasing) {
    if (missed.equals(Optional.of(releasing.incarnation()))) return;
    missed = Optional.of(releasing.incarnation());
    Session session = releasing.stay().session();
    LOG.warn(
        "{} was told to stop life {} of {} and has not said that it ended, {} s after its grace period",
        session,
        releasing.incarnation(),
        replica,
        overdue.toSeconds());
    new PodNews(world.events()).notStopped(releasing.life().pod(), session.node(), overdue);
  }

  /** Tells people what keeps a life from being begun. */
  void complain(Placed placed, List<Lack> lacks, Instant now) {
    PodNews news = new PodNews(world.events());
    complaints
        .due(placed.incarnation(), lacks, now)
        .forEach(lack -> news.lacking(placed.life().pod(), placed.stay().session().node(), lack));
  }

  void note(Reported report) {
    LifeStatus status = report.status();
    report.replyTo().tell(new Noted(replica, status.incarnation(), status.version()));
  }

  /** A life that is over for good: what still runs of it must go. */
  void bury(Reported report) {
    LifeStatus status = report.status();
    if (status.phase() != Phase.ENDED) {
      world
          .agents()
          .tell(
              report.session(),
              new AgentCommand.Stop(replica, status.incarnation(), Duration.ZERO));
    }
    note(report);
  }
}
