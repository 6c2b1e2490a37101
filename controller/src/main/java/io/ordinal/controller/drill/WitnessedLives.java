package io.ordinal.controller.drill;

import io.ordinal.controller.node.Lives;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.agent.FrontDoorRequest.Hello;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.VolumeOrder;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;

/** Lets the witness hear what nodes report on lives, also on those that nobody waits for. */
public final class WitnessedLives implements Lives {
  private final Lives lives;
  private final ActorRef<DrillWitness.Command> witness;

  public WitnessedLives(Lives lives, ActorRef<DrillWitness.Command> witness) {
    this.lives = lives;
    this.witness = witness;
  }

  @Override
  public CompletionStage<Optional<LifeOrder>> confirm(
      Session session, ReplicaId replica, Incarnation incarnation) {
    return lives.confirm(session, replica, incarnation);
  }

  @Override
  public CompletionStage<List<VolumeOrder.Files>> renewed(
      Session session, ReplicaId replica, Incarnation incarnation) {
    return lives.renewed(session, replica, incarnation);
  }

  @Override
  public CompletionStage<Void> report(Session session, LifeStatus status) {
    witness.tell(new DrillWitness.Reported(session.node(), status));
    return lives.report(session, status);
  }

  @Override
  public void standingChanged(Session session) {
    lives.standingChanged(session);
  }

  @Override
  public boolean known(View view, Hello hello, LifeStatus life) {
    return lives.known(view, hello, life);
  }

  @Override
  public Set<Long> inhabited(View view) {
    return lives.inhabited(view);
  }
}
