package io.ordinal.controller.network;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.EndpointGroup;
import io.ordinal.controller.model.EndpointSlicePlan;
import io.ordinal.controller.model.ServedPod;
import io.ordinal.controller.network.EndpointFacts.LabelledPod;
import io.ordinal.controller.network.EndpointFacts.SelectingService;
import io.ordinal.controller.network.EndpointIndex.Place;
import io.ordinal.controller.plan.Endpoints;
import io.ordinal.controller.store.Condition;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.protocol.id.Revision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What has to be written so that the endpoints of a service are right. Pure. */
final class EndpointWrites {
  private final EndpointDocuments documents;
  private final EndpointSettings settings;
  private final List<Operation> found = new ArrayList<>();

  private EndpointWrites(EndpointDocuments documents, EndpointSettings settings) {
    this.documents = documents;
    this.settings = settings;
  }

  /**
   * Nothing for a service that is gone: with it goes what it owns. Nothing for one that selects
   * nothing: its endpoints are somebody else's, and what was written while it selected pods stays
   * as it was, as with Kubernetes.
   */
  static List<Operation> of(
      EndpointIndex index, Place place, EndpointDocuments documents, EndpointSettings settings) {
    EndpointWrites writes = new EndpointWrites(documents, settings);
    index.service(place).ifPresent(service -> writes.service(index, place, service));
    return writes.found;
  }

  private void service(EndpointIndex index, Place place, SelectingService service) {
    List<ServedPod> pods =
        index.pods(place, service).stream().map(each -> below(service, each)).toList();
    List<EndpointGroup> groups = Endpoints.groups(service.service(), pods);
    Optional<ApiObject> present = index.endpoints(place);
    documents
        .endpoints(place.namespace(), service, groups, settings.perObject(), present)
        .ifPresent(next -> put(EndpointIndex.ENDPOINTS, next, present));
    Map<String, ApiObject> slices = index.slices(place);
    Set<String> wanted = new HashSet<>();
    for (EndpointSlicePlan plan :
        Endpoints.slices(service.service(), groups, homes(slices), settings.perSlice())) {
      wanted.add(plan.name());
      Optional<ApiObject> before = Optional.ofNullable(slices.get(plan.name()));
      documents
          .slice(place.namespace(), service, plan, before)
          .ifPresent(next -> put(EndpointIndex.SLICES, next, before));
    }
    slices.forEach(
        (name, slice) -> {
          if (!wanted.contains(name)) delete(slice);
        });
  }

  /** A pod has a name of its own only below the service that it names. */
  private static ServedPod below(SelectingService service, LabelledPod pod) {
    ServedPod known = pod.pod();
    if (pod.subdomain().equals(service.service().name())) return known;
    return new ServedPod(
        known.name(),
        known.uid(),
        known.node(),
        "",
        known.address(),
        known.ready(),
        known.terminating(),
        known.ports());
  }

  private static Map<String, String> homes(Map<String, ApiObject> slices) {
    Map<String, String> homes = new HashMap<>();
    slices.forEach(
        (name, slice) -> {
          for (JsonNode each : slice.tree().path("endpoints")) {
            homes.put(each.path("targetRef").path("uid").asString(""), name);
          }
        });
    return homes;
  }

  private void put(ResourceName resource, ApiObject next, Optional<ApiObject> before) {
    Condition condition = before.map(EndpointWrites::unchanged).orElse(Condition.ABSENT);
    found.add(new Operation.Put(key(resource, next), next.draft(), condition));
  }

  private void delete(ApiObject slice) {
    found.add(new Operation.Delete(key(EndpointIndex.SLICES, slice), unchanged(slice)));
  }

  private static Condition unchanged(ApiObject object) {
    return Condition.at(new Revision(Long.parseLong(object.resourceVersion())));
  }

  private static ObjectKey key(ResourceName resource, ApiObject object) {
    return new ObjectKey(resource, object.namespace(), object.name());
  }
}
