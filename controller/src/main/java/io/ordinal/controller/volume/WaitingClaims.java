package io.ordinal.controller.volume;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.event.EventNote;
import io.ordinal.controller.event.Events;
import io.ordinal.controller.store.Change;
import io.ordinal.controller.store.ChangeFeed;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.controller.store.View;
import io.ordinal.controller.upkeep.Chore;
import io.ordinal.controller.upkeep.Upkeep;
import io.ordinal.protocol.id.Revision;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.Behavior;

/**
 * Tells people what claims without a volume wait for: of each when it has changed, and of all every
 * now and then, for as long as it lasts. Writes nothing but events.
 */
public final class WaitingClaims implements Chore<WaitingClaims.Found> {
  private static final ResourceName PODS = new ResourceName("pods");
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  /** What a look found. */
  record Found(Revision at, List<EventNote> news) {}

  private final Events events;

  private WaitingClaims(Events events) {
    this.events = events;
  }

  /** One that begins as soon as it is spawned. */
  public static Behavior<Upkeep.Command> create(
      ObjectStore store, Events events, VolumeSettings settings) {
    return Upkeep.of(new WaitingClaims(events), store, settings.telling());
  }

  @Override
  public String what() {
    return "events of waiting claims";
  }

  @Override
  public Set<ResourceName> watched() {
    return Set.of(VolumeWorld.CLAIMS);
  }

  @Override
  public Found look(View view, boolean whole, Revision after) {
    List<ApiObject> waiting = new ArrayList<>();
    Optional<Set<ObjectKey>> changed = whole ? Optional.empty() : changed(view, after);
    if (changed.isPresent()) {
      for (ObjectKey key : changed.get()) view.get(key).ifPresent(each -> add(each, waiting));
    } else {
      view.scan(VolumeWorld.CLAIMS, "", each -> add(each, waiting));
    }
    return new Found(view.revision(), waiting.isEmpty() ? List.of() : news(view, waiting));
  }

  @Override
  public Plan plan(Found found) {
    found.news().forEach(events::record);
    return new Plan(found.at(), List.of(), Optional.empty());
  }

  private static Optional<Set<ObjectKey>> changed(View view, Revision after) {
    return ChangeFeed.since(view, List.of(VolumeWorld.CLAIMS), after)
        .map(
            changes -> {
              Set<ObjectKey> keys = new LinkedHashSet<>();
              for (Change each : changes) keys.add(each.key());
              return keys;
            });
  }

  private static boolean add(StoredObject stored, List<ApiObject> waiting) {
    ApiObject claim = ApiObject.of(stored);
    if (ClaimNews.isWaiting(claim)) waiting.add(claim);
    return true;
  }

  private static List<EventNote> news(View view, List<ApiObject> waiting) {
    VolumeWorld world = VolumeWorld.once(VolumeWorld.in(view, ""));
    Set<ObjectKey> used = used(view);
    List<EventNote> news = new ArrayList<>();
    for (ApiObject claim : waiting) {
      ObjectKey key = VolumeWorld.claimKey(claim.namespace(), claim.name());
      ClaimNews.of(claim, used.contains(key), world).ifPresent(news::add);
    }
    return news;
  }

  /** Claims of pods that have not ended. */
  private static Set<ObjectKey> used(View view) {
    Set<ObjectKey> used = new HashSet<>();
    view.scan(
        PODS,
        "",
        each -> {
          ApiObject pod = ApiObject.of(each);
          if (ENDED.contains(pod.status().path("phase").asString(""))) return true;
          for (String name : Binding.claimsOf(pod)) {
            used.add(VolumeWorld.claimKey(pod.namespace(), name));
          }
          return true;
        });
    return used;
  }
}
