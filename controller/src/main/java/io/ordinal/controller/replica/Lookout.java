package io.ordinal.controller.replica;

import io.ordinal.controller.replica.ReplicaCommand.Reported;
import io.ordinal.controller.replica.ReplicaCommand.ToItself;
import io.ordinal.controller.replica.ReplicaState.Pending;
import io.ordinal.controller.replica.ReplicaState.Stay;
import io.ordinal.controller.store.Freshness;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Session;
import java.util.Set;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * The replica's reads of the store, at most one at a time; each ends with a message to the actor,
 * which must call {@link #done()} then.
 */
final class Lookout {
  /** Where the life could go. */
  record Sighted(Incarnation life, Placer.Sighting sighting) implements ToItself {}

  /** How the session of the life stands. */
  record Seen(Incarnation life, StandingSight sight) implements ToItself {}

  /** The present version of the record, asked because of a report. */
  record Checked(Reported report, long version) implements ToItself {}

  record ReadFailed(Throwable cause) implements ToItself {}

  private final ReplicaId replica;
  private final Surroundings world;
  private final ActorContext<ReplicaCommand> context;
  private boolean reading;
  private boolean hinted;

  Lookout(ReplicaId replica, Surroundings world, ActorContext<ReplicaCommand> context) {
    this.replica = replica;
    this.world = world;
    this.context = context;
  }

  /**
   * Looks for a place.
   *
   * @param passedOver nodes that are not to be tried
   */
  void look(Pending pending, Set<Session> passedOver) {
    if (busy()) return;
    boolean several = world.severalControllers().getAsBoolean();
    context.pipeToSelf(
        world
            .store()
            .read(
                Freshness.LINEARIZABLE,
                view ->
                    new Placer(view, replica, pending, passedOver)
                        .look(several, world.ids(), world.clock().instant())),
        (sighting, failure) ->
            failure == null
                ? new Sighted(pending.incarnation(), sighting)
                : new ReadFailed(failure));
  }

  /**
   * Looks how the session of a life stands; {@code LOCAL} unless somebody said that it changed. Of
   * what a life lacks people are told, so that is never looked for in an old copy.
   */
  void see(ReplicaState state, Stay stay, Freshness freshness) {
    if (busy()) return;
    boolean several = world.severalControllers().getAsBoolean();
    PodCredentials unsigned = world.credentials().unsigned();
    context.pipeToSelf(
        world
            .store()
            .read(
                StandingSight.asksForLacks(state) ? Freshness.LINEARIZABLE : freshness,
                view ->
                    StandingSight.of(
                        view, state, stay, OrderSources.in(view, replica, unsigned), several)),
        (sight, failure) ->
            failure == null ? new Seen(state.incarnation(), sight) : new ReadFailed(failure));
  }

  /** Looks whether the actor has the newest state. */
  void check(Reported report) {
    context.pipeToSelf(
        world
            .store()
            .read(
                Freshness.LINEARIZABLE, view -> view.recordVersion(ReplicaRecords.record(replica))),
        (version, failure) ->
            failure == null ? new Checked(report, version) : new ReadFailed(failure));
  }

  /** The read is over; whether somebody asked for another one meanwhile. */
  boolean done() {
    boolean again = hinted;
    reading = false;
    hinted = false;
    return again;
  }

  private boolean busy() {
    hinted = reading;
    if (reading) return true;
    reading = true;
    return false;
  }
}
