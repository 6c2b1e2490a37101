package io.ordinal.controller.api.kind;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a service must be. */
final class ServiceRules {
  private ServiceRules() {}

  static void check(Faults faults, JsonNode spec) {
    String type = Tree.text(spec, "type");
    if (List.of("NodePort", "LoadBalancer").contains(type)) {
      faults.forbidden(
          "spec.type",
          "services of type " + type + " are not supported by Ordinal yet; use ClusterIP");
    } else {
      faults.oneOf("spec.type", spec.path("type"), "ClusterIP", "ExternalName");
    }
    boolean headless = Tree.text(spec, "clusterIP").equals("None");
    if (type.equals("ExternalName")) {
      checkExternalName(faults, spec);
    } else if (!headless) {
      faults.present("spec.ports", spec.path("ports"));
    }
    checkPorts(faults, spec.path("ports"));
    LabelRules.check(faults, "spec.selector", spec.path("selector"));
    faults.oneOf("spec.sessionAffinity", spec.path("sessionAffinity"), "ClientIP", "None");
    faults.oneOf(
        "spec.internalTrafficPolicy", spec.path("internalTrafficPolicy"), "Cluster", "Local");
  }

  private static void checkExternalName(Faults faults, JsonNode spec) {
    if (faults.present("spec.externalName", spec.path("externalName"))) {
      String name = Tree.text(spec, "externalName").replaceFirst("\\.$", "");
      faults.invalid("spec.externalName", name, Syntax.subdomain(name));
    }
    if (spec.has("clusterIPs")) {
      faults.forbidden("spec.clusterIPs", "may not be set for ExternalName services");
    }
  }

  private static void checkPorts(Faults faults, JsonNode list) {
    List<ObjectNode> ports = Tree.maps(list);
    Set<String> names = new HashSet<>();
    Set<String> numbers = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      String at = "spec.ports[" + i + "]";
      ObjectNode port = ports.get(i);
      String name = Tree.text(port, "name");
      if (name.isEmpty() && ports.size() > 1) faults.required(at + ".name", "");
      if (!name.isEmpty()) {
        faults.invalid(at + ".name", name, Syntax.dnsLabel(name));
        if (!names.add(name)) faults.duplicate(at + ".name", port.path("name"));
      }
      JsonNode number = port.path("port");
      Ports.checkNumber(faults, at + ".port", number.isMissingNode() ? Ports.NONE : number);
      faults.oneOf(at + ".protocol", port.path("protocol"), "SCTP", "TCP", "UDP");
      if (port.has("targetPort")) {
        Ports.checkNumberOrName(faults, at + ".targetPort", port.path("targetPort"));
      }
      String protocol = Tree.text(port, "protocol");
      if (!numbers.add(number.asString("") + "/" + protocol)) faults.duplicate(at, port);
    }
  }
}
