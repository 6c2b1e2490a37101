package io.ordinal.controller.network;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.model.EndpointGroup;
import io.ordinal.controller.model.EndpointGroup.Member;
import io.ordinal.controller.model.EndpointSlicePlan;
import io.ordinal.controller.model.ServedPod;
import io.ordinal.controller.model.ServedService;
import io.ordinal.controller.network.EndpointFacts.SelectingService;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes Endpoints and EndpointSlices. Pure but for the uids that it is given. */
final class EndpointDocuments {
  static final String SERVICE_NAME = "kubernetes.io/service-name";
  static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
  static final String MANAGER = "endpointslice-controller.k8s.io";
  private static final String HEADLESS = "service.kubernetes.io/headless";
  private static final String TRUNCATED = "endpoints.kubernetes.io/over-capacity";

  private final Supplier<String> uids;
  private final Instant now;

  EndpointDocuments(Supplier<String> uids, Instant now) {
    this.uids = uids;
    this.now = now;
  }

  /** The slice as it is to be; empty when it is so already. */
  Optional<ApiObject> slice(
      String namespace, SelectingService of, EndpointSlicePlan plan, Optional<ApiObject> present) {
    ServedService service = of.service();
    ObjectNode next =
        begun(present, "discovery.k8s.io/v1", "EndpointSlice", namespace, plan.name());
    ObjectNode metadata = (ObjectNode) next.get("metadata");
    if (present.isEmpty()) metadata.put("generateName", service.name() + "-").put("generation", 1);
    ObjectNode labels = labels(metadata, of);
    labels.put(MANAGED_BY, MANAGER);
    labels.put(SERVICE_NAME, service.name());
    own(metadata, service);
    next.put("addressType", plan.ipv6() ? "IPv6" : "IPv4");
    ArrayNode endpoints = next.putArray("endpoints");
    for (Member each : plan.members()) endpoint(endpoints.addObject(), namespace, each);
    ArrayNode ports = next.putArray("ports");
    plan.ports().forEach(each -> port(ports.addObject(), each, true));
    return changed(next, present, true);
  }

  private static void endpoint(ObjectNode endpoint, String namespace, Member member) {
    ServedPod pod = member.pod();
    endpoint.putArray("addresses").add(pod.address());
    ObjectNode conditions = endpoint.putObject("conditions");
    conditions.put("ready", member.ready());
    conditions.put("serving", pod.ready());
    conditions.put("terminating", pod.terminating());
    if (!pod.hostname().isEmpty()) endpoint.put("hostname", pod.hostname());
    endpoint.set("targetRef", reference(namespace, pod));
    if (!pod.node().isEmpty()) endpoint.put("nodeName", pod.node());
  }

  /**
   * The Endpoints as they are to be; empty when they are so already.
   *
   * @param most addresses; the rest is left out, as Kubernetes does
   */
  Optional<ApiObject> endpoints(
      String namespace,
      SelectingService of,
      List<EndpointGroup> groups,
      int most,
      Optional<ApiObject> present) {
    ObjectNode next = begun(present, "v1", "Endpoints", namespace, of.service().name());
    ObjectNode metadata = (ObjectNode) next.get("metadata");
    labels(metadata, of);
    own(metadata, of.service());
    ArrayNode subsets = Json.object().putArray("subsets");
    int left = most;
    for (EndpointGroup group : groups) {
      List<Member> shown =
          group.members().stream()
              .filter(each -> each.ready() || !each.pod().terminating())
              .limit(left)
              .toList();
      left -= shown.size();
      if (!shown.isEmpty()) subset(subsets.addObject(), namespace, group.ports(), shown);
    }
    next.remove("subsets");
    if (!subsets.isEmpty()) next.set("subsets", subsets);
    boolean full =
        left == 0 && most < groups.stream().mapToInt(each -> each.members().size()).sum();
    if (full) metadata.withObject("/annotations").put(TRUNCATED, "truncated");
    else if (metadata.get("annotations") instanceof ObjectNode notes) notes.remove(TRUNCATED);
    return changed(next, present, false);
  }

  private static void subset(
      ObjectNode subset, String namespace, List<EndpointGroup.Port> ports, List<Member> members) {
    for (Member each : members) {
      ServedPod pod = each.pod();
      ObjectNode address =
          subset.withArray(each.ready() ? "/addresses" : "/notReadyAddresses").addObject();
      address.put("ip", pod.address());
      if (!pod.hostname().isEmpty()) address.put("hostname", pod.hostname());
      if (!pod.node().isEmpty()) address.put("nodeName", pod.node());
      address.set("targetRef", reference(namespace, pod));
    }
    if (ports.isEmpty()) return;
    ArrayNode list = subset.putArray("ports");
    ports.forEach(each -> port(list.addObject(), each, false));
  }

  private static void port(ObjectNode port, EndpointGroup.Port of, boolean evenUnnamed) {
    if (evenUnnamed || !of.name().isEmpty()) port.put("name", of.name());
    port.put("port", of.number());
    port.put("protocol", of.protocol());
    if (!of.appProtocol().isEmpty()) port.put("appProtocol", of.appProtocol());
  }

  private static ObjectNode reference(String namespace, ServedPod pod) {
    ObjectNode reference = Json.object();
    reference.put("kind", "Pod").put("namespace", namespace);
    return reference.put("name", pod.name()).put("uid", pod.uid());
  }

  private ObjectNode begun(
      Optional<ApiObject> present, String version, String kind, String namespace, String name) {
    if (present.isPresent()) return present.get().copy();
    ObjectNode fresh = Json.object();
    fresh.put("kind", kind).put("apiVersion", version);
    ObjectNode metadata = fresh.putObject("metadata");
    metadata.put("name", name).put("namespace", namespace).put("uid", uids.get());
    metadata.put("creationTimestamp", now.truncatedTo(ChronoUnit.SECONDS).toString());
    return fresh;
  }

  /** Those of the service, and what says that it is headless. */
  private static ObjectNode labels(ObjectNode metadata, SelectingService of) {
    ObjectNode labels = metadata.putObject("labels");
    for (Map.Entry<String, String> each : of.labels().entrySet()) {
      labels.put(each.getKey(), each.getValue());
    }
    if (of.service().headless()) labels.put(HEADLESS, "");
    return labels;
  }

  /** With the service goes what was made for it; the garbage collector sees to that. */
  private static void own(ObjectNode metadata, ServedService service) {
    ObjectNode owner = metadata.putArray("ownerReferences").addObject();
    owner.put("apiVersion", "v1").put("kind", "Service");
    owner.put("name", service.name()).put("uid", service.uid());
    owner.put("controller", true).put("blockOwnerDeletion", true);
  }

  private static Optional<ApiObject> changed(
      ObjectNode next, Optional<ApiObject> present, boolean generations) {
    ObjectNode metadata = (ObjectNode) next.get("metadata");
    if (metadata.path("labels").isEmpty()) metadata.remove("labels");
    if (metadata.path("annotations").isEmpty()) metadata.remove("annotations");
    if (present.isEmpty()) return Optional.of(new ApiObject(next));
    if (next.equals(present.get().tree())) return Optional.empty();
    boolean more = !content(next).equals(content(present.get().tree()));
    if (generations && more) metadata.put("generation", present.get().generation() + 1);
    return Optional.of(new ApiObject(next));
  }

  private static JsonNode content(ObjectNode tree) {
    return tree.deepCopy().without("metadata");
  }
}
