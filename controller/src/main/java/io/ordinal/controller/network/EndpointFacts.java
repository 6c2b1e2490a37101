package io.ordinal.controller.network;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.ServedPod;
import io.ordinal.controller.model.ServedPod.NamedPort;
import io.ordinal.controller.model.ServedService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads from documents what endpoints are made of. Pure. */
final class EndpointFacts {
  /** A pod that may stand behind services, with what they select it by. */
  record LabelledPod(ServedPod pod, String subdomain, Map<String, String> labels) {}

  /**
   * A service that selects pods.
   *
   * @param labels which its endpoints have too
   */
  record SelectingService(
      ServedService service, Map<String, String> selector, Map<String, String> labels) {
    boolean selects(LabelledPod pod) {
      return pod.labels().entrySet().containsAll(selector.entrySet());
    }
  }

  private EndpointFacts() {}

  /** Empty for a pod that cannot be reached: it has no address, or its containers have ended. */
  static Optional<LabelledPod> pod(ApiObject pod) {
    String address = pod.status().path("podIP").asString("");
    String phase = pod.status().path("phase").asString("");
    if (address.isEmpty() || phase.equals("Succeeded") || phase.equals("Failed")) {
      return Optional.empty();
    }
    ServedPod served =
        new ServedPod(
            pod.name(),
            pod.uid(),
            pod.spec().path("nodeName").asString(""),
            pod.spec().path("hostname").asString(""),
            address,
            ready(pod),
            pod.deletionTimestamp().isPresent(),
            ports(pod));
    return Optional.of(
        new LabelledPod(served, pod.spec().path("subdomain").asString(""), pod.labels()));
  }

  /** Empty for a service whose endpoints are somebody else's: it selects nothing. */
  static Optional<SelectingService> service(ApiObject service) {
    JsonNode spec = service.spec();
    Map<String, String> selector = new java.util.TreeMap<>();
    spec.path("selector")
        .properties()
        .forEach(each -> selector.put(each.getKey(), each.getValue().asString("")));
    boolean outside = spec.path("type").asString("").equals("ExternalName");
    if (selector.isEmpty() || outside || service.deletionTimestamp().isPresent()) {
      return Optional.empty();
    }
    List<ServedService.Port> ports = new ArrayList<>();
    for (JsonNode each : spec.path("ports")) {
      ports.add(
          new ServedService.Port(
              each.path("name").asString(""),
              each.path("protocol").asString("TCP"),
              each.path("targetPort").asString(each.path("port").asString("")),
              each.path("appProtocol").asString("")));
    }
    ServedService served =
        new ServedService(
            service.name(),
            service.uid(),
            spec.path("clusterIP").asString("").equals("None"),
            spec.path("publishNotReadyAddresses").asBoolean(false),
            ports);
    return Optional.of(new SelectingService(served, selector, service.labels()));
  }

  private static boolean ready(ApiObject pod) {
    for (JsonNode each : pod.status().path("conditions")) {
      if (each.path("type").asString("").equals("Ready")) {
        return each.path("status").asString("").equals("True");
      }
    }
    return false;
  }

  private static List<NamedPort> ports(ApiObject pod) {
    List<NamedPort> found = new ArrayList<>();
    for (String list : List.of("containers", "initContainers")) {
      pod.spec().path(list).forEach(container -> addPorts(container.path("ports"), found));
    }
    return found;
  }

  private static void addPorts(JsonNode ports, List<NamedPort> found) {
    for (JsonNode each : ports) {
      String name = each.path("name").asString("");
      String protocol = each.path("protocol").asString("TCP");
      int number = each.path("containerPort").asInt(0);
      if (!name.isEmpty()) found.add(new NamedPort(name, protocol, number));
    }
  }
}
