package io.ordinal.controller.replica;

import io.ordinal.controller.node.Lives;
import io.ordinal.controller.replica.ReplicaCommand.Noted;
import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.controller.replica.ReplicaState.Stay;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.controller.store.StoredRecord;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Answers nodes from the records of the replicas, and passes their reports on. */
public final class ReplicaLives implements Lives {
  private final ObjectStore store;
  private final RecordCodec codec;
  private final Replicas replicas;

  public ReplicaLives(ObjectStore store, RecordCodec codec, Replicas replicas) {
    this.store = store;
    this.codec = codec;
    this.replicas = replicas;
  }

  @Override
  public CompletionStage<Optional<LifeOrder>> confirm(
      Session session, ReplicaId replica, Incarnation incarnation) {
    return store
        .read(Freshness.LINEARIZABLE, view -> answer(view, session, replica, incarnation))
        .whenComplete(
            (order, failure) -> {
              // It may only have to learn that its session goes on under another number.
              if (failure != null) replicas.tell(new ReplicaCommand.Wake(replica));
            });
  }

  private Optional<LifeOrder> answer(
      View view, Session session, ReplicaId replica, Incarnation incarnation) {
    Optional<Placed> placed =
        view.record(ReplicaRecords.record(replica))
            .map(stored -> codec.decode(stored.value()))
            .filter(Placed.class::isInstance)
            .map(Placed.class::cast)
            .filter(state -> state.incarnation().equals(incarnation));
    if (placed.isEmpty()) return Optional.empty();
    Stay stay = placed.get().stay();
    if (stay.session().equals(session)) {
      OrderSources sources = OrderSources.in(view, replica);
      return Optional.of(Orders.order(replica, placed.get(), sources));
    }
    if (isKeptFor(stay, session)) {
      // "Over" would be final, and it is not: a newer session will get the life, and an older
      // one asked before it was adopted; its node runs it still.
      throw new StoreUnavailable(replica + " is still placed on " + stay.session(), null);
    }
    return Optional.empty();
  }

  private static boolean isKeptFor(Stay stay, Session session) {
    return !stay.fenced()
        && session.node().equals(stay.session().node())
        && session.stateUuid().equals(stay.session().stateUuid());
  }

  @Override
  public CompletionStage<Void> report(Session session, LifeStatus status) {
    return replicas
        .<Noted>ask(asker -> new ReplicaCommand.Reported(status.replica(), session, status, asker))
        .thenApply(noted -> null);
  }

  @Override
  public void standingChanged(Session session) {
    store
        .read(
            Freshness.LOCAL,
            view ->
                view.records(ReplicaRecords.PLACEMENT_FAMILY).stream()
                    .map(StoredRecord::key)
                    .filter(key -> key.id().startsWith(ReplicaRecords.placementsOf(session)))
                    .map(key -> ReplicaRecords.placed(key.id()))
                    .toList())
        .thenAccept(placed -> placed.forEach(each -> replicas.tell(new ReplicaCommand.Wake(each))));
  }
}
