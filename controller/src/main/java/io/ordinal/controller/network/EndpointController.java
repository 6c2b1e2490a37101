package io.ordinal.controller.network;

import io.ordinal.controller.network.EndpointIndex.Place;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.Transaction;
import io.ordinal.controller.store.View;
import io.ordinal.controller.upkeep.Chore;
import io.ordinal.controller.upkeep.Upkeep;
import io.ordinal.protocol.id.Revision;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Keeps the Endpoints and EndpointSlices of services that select pods. Several at once do no harm:
 * names of slices follow from what is in them.
 */
public final class EndpointController implements Chore<EndpointSight> {
  /**
   * Where what nobody decides comes from.
   *
   * @param uids makes a fresh UUID each time
   */
  public record Origins(InstantSource clock, Supplier<String> uids) {}

  private final Origins origins;
  private final EndpointSettings settings;
  private final EndpointIndex index = new EndpointIndex();

  private EndpointController(Origins origins, EndpointSettings settings) {
    this.origins = origins;
    this.settings = settings;
  }

  /** One that begins as soon as it is spawned. */
  public static Behavior<Upkeep.Command> create(
      ObjectStore store, Origins origins, EndpointSettings settings) {
    return Behaviors.setup(
        context -> Upkeep.of(new EndpointController(origins, settings), store, settings.upkeep()));
  }

  @Override
  public Set<ResourceName> watched() {
    return Set.copyOf(EndpointIndex.WATCHED);
  }

  @Override
  public String what() {
    return "endpoints";
  }

  @Override
  public EndpointSight look(View view, boolean whole, Revision after) {
    return EndpointSight.of(view, whole, after);
  }

  @Override
  public Plan plan(EndpointSight sight) {
    if (sight.whole()) index.clear();
    sight.seen().forEach(index::note);
    EndpointDocuments documents = new EndpointDocuments(origins.uids(), origins.clock().instant());
    List<Transaction> writes =
        index.takeTouched().stream()
            .flatMap((Place place) -> EndpointWrites.of(index, place, documents, settings).stream())
            .map(Transaction::of)
            .toList();
    return new Plan(sight.at(), writes, Optional.empty());
  }
}
