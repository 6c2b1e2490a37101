package io.ordinal.controller.network;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.network.EndpointFacts.LabelledPod;
import io.ordinal.controller.network.EndpointFacts.SelectingService;
import io.ordinal.controller.store.Change;
import io.ordinal.controller.store.ChangeFeed;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a look at the store showed.
 *
 * @param whole whether it is all there is, and not only what changed
 */
record EndpointSight(Revision at, boolean whole, List<Seen> seen) {
  /** An object of one of four kinds, or that it is gone or does not count. */
  sealed interface Seen {
    String namespace();

    void match(Cases cases);

    record OfService(String namespace, String name, Optional<SelectingService> service)
        implements Seen {
      @Override
      public void match(Cases cases) {
        cases.service(name, service);
      }
    }

    record OfPod(String namespace, String name, Optional<LabelledPod> pod) implements Seen {
      @Override
      public void match(Cases cases) {
        cases.pod(name, pod);
      }
    }

    record OfEndpoints(String namespace, String name, Optional<ApiObject> endpoints)
        implements Seen {
      @Override
      public void match(Cases cases) {
        cases.endpoints(name, endpoints);
      }
    }

    record OfSlice(String namespace, String name, Optional<ApiObject> slice) implements Seen {
      @Override
      public void match(Cases cases) {
        cases.slice(name, slice);
      }
    }

    interface Cases {
      void service(String name, Optional<SelectingService> service);

      void pod(String name, Optional<LabelledPod> pod);

      void endpoints(String name, Optional<ApiObject> endpoints);

      void slice(String name, Optional<ApiObject> slice);
    }
  }

  /**
   * @param wanted whether everything is wanted, whatever changed
   */
  static EndpointSight of(View view, boolean wanted, Revision after) {
    Optional<List<Change>> changes =
        wanted ? Optional.empty() : ChangeFeed.since(view, EndpointIndex.WATCHED, after);
    List<Seen> seen = new ArrayList<>();
    if (changes.isPresent()) {
      for (Change each : changes.get()) {
        seen.add(
            each.deleted()
                ? seen(each.key(), Optional.empty())
                : seen(each.key(), Optional.of(each.document())));
      }
      return new EndpointSight(view.revision(), false, seen);
    }
    for (ResourceName resource : EndpointIndex.WATCHED) {
      view.scan(
          resource, "", each -> seen.add(seen(each.key(), Optional.of(each.document()))) || true);
    }
    return new EndpointSight(view.revision(), true, seen);
  }

  private static Seen seen(ObjectKey key, Optional<byte[]> document) {
    Optional<ApiObject> object =
        document.map(each -> new ApiObject(io.ordinal.controller.document.Json.object(each)));
    String namespace = key.namespace();
    String name = key.name();
    if (key.resource().equals(EndpointIndex.SERVICES)) {
      return new Seen.OfService(namespace, name, object.flatMap(EndpointFacts::service));
    }
    if (key.resource().equals(EndpointIndex.PODS)) {
      return new Seen.OfPod(namespace, name, object.flatMap(EndpointFacts::pod));
    }
    return key.resource().equals(EndpointIndex.ENDPOINTS)
        ? new Seen.OfEndpoints(namespace, name, object)
        : new Seen.OfSlice(namespace, name, object);
  }
}
