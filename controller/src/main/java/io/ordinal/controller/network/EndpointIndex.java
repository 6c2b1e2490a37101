package io.ordinal.controller.network;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.network.EndpointFacts.LabelledPod;
import io.ordinal.controller.network.EndpointFacts.SelectingService;
import io.ordinal.controller.network.EndpointSight.Seen;
import io.ordinal.controller.store.ResourceName;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What is known of services, pods and endpoints, kept up to date by changes, so that a change of
 * one pod costs no look at all others. Belongs to one actor.
 */
final class EndpointIndex {
  static final ResourceName SERVICES = new ResourceName("services");
  static final ResourceName PODS = new ResourceName("pods");
  static final ResourceName ENDPOINTS = new ResourceName("endpoints");
  static final ResourceName SLICES = ResourceName.of("discovery.k8s.io", "endpointslices");
  static final List<ResourceName> WATCHED = List.of(SERVICES, PODS, ENDPOINTS, SLICES);

  /** A service by its place. */
  record Place(String namespace, String name) {}

  /** What is in one namespace. */
  private static final class Space {
    private final Map<String, SelectingService> services = new TreeMap<>();
    private final Map<String, LabelledPod> pods = new TreeMap<>();
    private final Map<String, ApiObject> endpoints = new HashMap<>();
    private final Map<String, Map<String, ApiObject>> slices = new HashMap<>();
    private final Map<String, String> serviceOfSlice = new HashMap<>();
  }

  private final Map<String, Space> spaces = new HashMap<>();
  private final Set<Place> touched = new LinkedHashSet<>();

  /** Forgets everything: all that is there is about to be told anew. */
  void clear() {
    spaces.clear();
    touched.clear();
  }

  /** Takes note of an object, or of its end, and of the services that this may concern. */
  void note(Seen seen) {
    Space space = spaces.computeIfAbsent(seen.namespace(), fresh -> new Space());
    seen.match(
        new Seen.Cases() {
          @Override
          public void service(String name, Optional<SelectingService> service) {
            put(space.services, name, service);
            touched.add(new Place(seen.namespace(), name));
          }

          @Override
          public void pod(String name, Optional<LabelledPod> pod) {
            Optional<LabelledPod> before = Optional.ofNullable(space.pods.get(name));
            if (before.equals(pod)) return;
            put(space.pods, name, pod);
            space.services.forEach(
                (service, facts) -> {
                  boolean concerned =
                      before.filter(facts::selects).isPresent()
                          || pod.filter(facts::selects).isPresent();
                  if (concerned) touched.add(new Place(seen.namespace(), service));
                });
          }

          @Override
          public void endpoints(String name, Optional<ApiObject> endpoints) {
            put(space.endpoints, name, endpoints);
            touched.add(new Place(seen.namespace(), name));
          }

          @Override
          public void slice(String name, Optional<ApiObject> slice) {
            noteSlice(seen.namespace(), space, name, slice);
          }
        });
  }

  private void noteSlice(String namespace, Space space, String name, Optional<ApiObject> slice) {
    String before = space.serviceOfSlice.remove(name);
    if (before != null) {
      space.slices.get(before).remove(name);
      touched.add(new Place(namespace, before));
    }
    slice
        .filter(EndpointIndex::isOurs)
        .ifPresent(
            ours -> {
              String service = ours.labels().get(EndpointDocuments.SERVICE_NAME);
              space.serviceOfSlice.put(name, service);
              space.slices.computeIfAbsent(service, fresh -> new TreeMap<>()).put(name, ours);
              touched.add(new Place(namespace, service));
            });
  }

  /** A slice that others made for a service is theirs. */
  private static boolean isOurs(ApiObject slice) {
    Map<String, String> labels = slice.labels();
    return EndpointDocuments.MANAGER.equals(labels.get(EndpointDocuments.MANAGED_BY))
        && labels.containsKey(EndpointDocuments.SERVICE_NAME);
  }

  /** Services that something may have changed for since the last call. */
  List<Place> takeTouched() {
    List<Place> taken = List.copyOf(touched);
    touched.clear();
    return taken;
  }

  Optional<SelectingService> service(Place place) {
    return Optional.ofNullable(spaces.get(place.namespace()))
        .map(space -> space.services.get(place.name()));
  }

  /** Pods that the service selects. */
  List<LabelledPod> pods(Place place, SelectingService service) {
    Collection<LabelledPod> all = spaces.get(place.namespace()).pods.values();
    return all.stream().filter(service::selects).toList();
  }

  Optional<ApiObject> endpoints(Place place) {
    return Optional.ofNullable(spaces.get(place.namespace()))
        .map(space -> space.endpoints.get(place.name()));
  }

  /** Our slices of a service, by name. */
  Map<String, ApiObject> slices(Place place) {
    return spaces.get(place.namespace()).slices.getOrDefault(place.name(), Map.of());
  }

  private static <T> void put(Map<String, T> map, String name, Optional<T> value) {
    if (value.isPresent()) map.put(name, value.get());
    else map.remove(name);
  }
}
