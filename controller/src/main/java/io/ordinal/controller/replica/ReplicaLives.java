package io.ordinal.controller.replica;

import io.ordinal.controller.node.Lives;
import io.ordinal.controller.node.RestoreHold;
import io.ordinal.controller.node.Sessions;
import io.ordinal.controller.replica.ReplicaCommand.Noted;
import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.controller.replica.ReplicaState.Stay;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.StoreUnavailable;
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
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers nodes from the records of the replicas, and passes their reports on. */
public final class ReplicaLives implements Lives {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaLives.class);

  private final ObjectStore store;
  private final RecordCodec codec;
  private final Replicas replicas;
  private final PodCredentials credentials;

  public ReplicaLives(
      ObjectStore store, RecordCodec codec, Replicas replicas, PodCredentials credentials) {
    this.store = store;
    this.codec = codec;
    this.replicas = replicas;
    this.credentials = credentials;
  }

  @Override
  public CompletionStage<Optional<LifeOrder>> confirm(
      Session session, ReplicaId replica, Incarnation incarnation) {
    return store
        .read(Freshness.LINEARIZABLE, view -> answer(view, session, replica, incarnation))
        .thenApply(
            answer -> {
              if (answer.elsewhere().isEmpty()) return answer.order();
              // It may only have to learn that its session goes on under another number. For
              // whatever else it lacks it looks by itself: to wake it would have it ask at once.
              replicas.tell(new ReplicaCommand.Wake(replica));
              throw new StoreUnavailable(answer.elsewhere().get(), null);
            });
  }

  /**
   * @param order empty when there must be none
   * @param elsewhere which other session of the node has the life for now
   */
  private record Answer(Optional<LifeOrder> order, Optional<String> elsewhere) {
    private static final Answer OVER = new Answer(Optional.empty(), Optional.empty());
  }

  private Answer answer(View view, Session session, ReplicaId replica, Incarnation incarnation) {
    Optional<Placed> placed = placed(view, replica, incarnation);
    if (placed.isEmpty()) return Answer.OVER;
    Stay stay = placed.get().stay();
    boolean freed =
        Sessions.standing(view, stay.session())
            .filter(found -> found.standing().frees(stay.fenced()))
            .isPresent();
    if (freed) return Answer.OVER; // Its replica only has not heard of it yet.
    RestoreHold.reason(view)
        .ifPresent(
            why -> {
              throw new StoreUnavailable(why, null);
            });
    if (stay.session().equals(session)) {
      OrderSources sources = OrderSources.in(view, replica, credentials);
      LifeOrder order = Orders.order(replica, placed.get(), sources);
      return new Answer(Optional.of(order), Optional.empty());
    }
    if (isKeptFor(stay, session)) {
      // "Over" would be final, and it is not: a newer session will get the life, and an older
      // one asked before it was adopted; its node runs it still.
      String where = replica + " is still placed on " + stay.session();
      return new Answer(Optional.empty(), Optional.of(where));
    }
    return Answer.OVER;
  }

  private Optional<Placed> placed(View view, ReplicaId replica, Incarnation incarnation) {
    return view.record(ReplicaRecords.record(replica))
        .map(stored -> codec.decode(stored.value()))
        .filter(Placed.class::isInstance)
        .map(Placed.class::cast)
        .filter(state -> state.incarnation().equals(incarnation));
  }

  @Override
  public CompletionStage<List<VolumeOrder.Files>> renewed(
      Session session, ReplicaId replica, Incarnation incarnation) {
    return store.read(
        Freshness.LINEARIZABLE,
        view ->
            placed(view, replica, incarnation)
                .filter(state -> state.stay().session().equals(session))
                .map(
                    state ->
                        new VolumeOrders(state, OrderSources.in(view, replica, credentials))
                            .aging())
                .orElse(List.of()));
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
  public boolean known(View view, Hello hello, LifeStatus life) {
    Optional<ReplicaState> state =
        view.record(ReplicaRecords.record(life.replica()))
            .map(stored -> codec.decode(stored.value()));
    return state
        .filter(found -> found.incarnation().equals(life.incarnation()))
        .flatMap(ReplicaState::whereabouts)
        .filter(stay -> stay.session().node().equals(hello.node()))
        .filter(stay -> stay.session().stateUuid().equals(hello.stateUuid()))
        .filter(stay -> !stay.fenced() || life.fenced()) // Else nobody ends it with the lease.
        .isPresent();
  }

  @Override
  public Set<Long> inhabited(View view) {
    return view.records(ReplicaRecords.PLACEMENT_FAMILY).stream()
        .map(each -> ReplicaRecords.sessionNumber(each.key().id()))
        .collect(Collectors.toSet());
  }

  /** A linearizable read: this copy of the store may not have heard of the change yet. */
  @Override
  public void standingChanged(Session session) {
    store
        .read(Freshness.LINEARIZABLE, view -> ReplicaRecords.placedOn(view, session.node()))
        .whenComplete(
            (found, failure) -> {
              if (failure == null) {
                found.forEach(each -> replicas.tell(new ReplicaCommand.Wake(each)));
              } else {
                LOG.warn(
                    "replicas of {} were not woken and find out later: {}",
                    session,
                    failure.toString());
              }
            });
  }
}
