package io.ordinal.controller.node;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** Replicas that answer what the test wants and remember what they were told. */
final class FakeLives implements Lives {
  record Told(Session session, LifeStatus status) {}

  final List<Told> told = new CopyOnWriteArrayList<>();
  final List<Session> standingsChanged = new CopyOnWriteArrayList<>();
  volatile CompletionStage<Optional<LifeOrder>> confirmation =
      CompletableFuture.completedFuture(Optional.empty());
  volatile CompletionStage<Void> note = CompletableFuture.completedFuture(null);

  private volatile boolean faulty;

  /** The next word of a standing is answered by a fault. */
  void failNext() {
    faulty = true;
  }

  @Override
  public CompletionStage<Optional<LifeOrder>> confirm(
      Session session, ReplicaId replica, Incarnation incarnation) {
    return confirmation;
  }

  @Override
  public CompletionStage<List<VolumeOrder.Files>> renewed(
      Session session, ReplicaId replica, Incarnation incarnation) {
    return CompletableFuture.completedFuture(List.of());
  }

  @Override
  public CompletionStage<Void> report(Session session, LifeStatus status) {
    told.add(new Told(session, status));
    return note;
  }

  @Override
  public void standingChanged(Session session) {
    boolean fails = faulty;
    faulty = false;
    if (fails) throw new IllegalStateException("as the test wants");
    standingsChanged.add(session);
  }

  @Override
  public boolean known(View view, Hello hello, LifeStatus life) {
    return true;
  }

  @Override
  public Set<Long> inhabited(View view) {
    return Set.of();
  }
}
