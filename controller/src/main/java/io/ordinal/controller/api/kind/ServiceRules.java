package io.ordinal.controller.api.kind;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a service must be. */
final class ServiceRules {
  private static final int MOST_AFFINE_SECONDS = 86400;

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
    checkAddresses(faults, spec);
    checkAffinity(faults, spec);
    checkOutside(faults, spec);
    LabelRules.check(faults, "spec.selector", spec.path("selector"));
    faults.oneOf("spec.sessionAffinity", spec.path("sessionAffinity"), "ClientIP", "None");
    faults.oneOf(
        "spec.internalTrafficPolicy", spec.path("internalTrafficPolicy"), "Cluster", "Local");
  }

  /** What is kept, and changes nothing: addresses of services are those of their pods. Warnings. */
  static List<String> unheeded(JsonNode spec) {
    List<String> found = new ArrayList<>();
    if (Tree.text(spec, "sessionAffinity").equals("ClientIP")) found.add("sessionAffinity");
    if (!spec.path("externalIPs").isEmpty()) found.add("externalIPs");
    if (Tree.text(spec, "internalTrafficPolicy").equals("Local")) {
      found.add("internalTrafficPolicy");
    }
    if (Tree.text(spec, "ipFamilyPolicy").equals("RequireDualStack")) found.add("ipFamilyPolicy");
    if (!Tree.text(spec, "loadBalancerIP").isEmpty()) found.add("loadBalancerIP");
    return found.stream()
        .map(each -> "spec." + each + ": kept, but Ordinal does not act by it yet")
        .toList();
  }

  private static void checkAddresses(Faults faults, JsonNode spec) {
    JsonNode addresses = spec.path("clusterIPs");
    String first = addresses.path(0).asString("");
    String address = Tree.text(spec, "clusterIP");
    if (!address.isEmpty() && !first.isEmpty() && !address.equals(first)) {
      faults.invalid("spec.clusterIPs", addresses, "first value must match `clusterIP`");
    }
    for (int i = 0; i < addresses.size(); i++) {
      String text = addresses.path(i).asString("");
      boolean good = EndpointRules.isIpv4(text) || EndpointRules.isIpv6(text);
      if (good || (i == 0 && List.of("", "None").contains(text))) continue;
      faults.invalid(
          "spec.clusterIPs[" + i + "]", text, "must be empty, 'None', or a valid IP address");
    }
    JsonNode outside = spec.path("externalIPs");
    for (int i = 0; i < outside.size(); i++) {
      EndpointRules.checkAddress(faults, "spec.externalIPs[" + i + "]", outside.path(i));
    }
    JsonNode families = spec.path("ipFamilies");
    for (int i = 0; i < families.size(); i++) {
      faults.oneOf("spec.ipFamilies[" + i + "]", families.path(i), "IPv4", "IPv6");
    }
    faults.oneOf(
        "spec.ipFamilyPolicy",
        spec.path("ipFamilyPolicy"),
        "PreferDualStack",
        "RequireDualStack",
        "SingleStack");
  }

  private static void checkAffinity(Faults faults, JsonNode spec) {
    JsonNode config = spec.path("sessionAffinityConfig");
    if (!config.isObject()) return;
    if (Tree.text(spec, "sessionAffinity").equals("None")) {
      faults.forbidden(
          "spec.sessionAffinityConfig", "must not be set when session affinity is None");
      return;
    }
    JsonNode seconds = config.path("clientIP").path("timeoutSeconds");
    String at = "spec.sessionAffinityConfig.clientIP.timeoutSeconds";
    if (Tree.absent(seconds)) {
      faults.required(at, "");
    } else if (seconds.asLong(0) <= 0 || seconds.asLong(0) > MOST_AFFINE_SECONDS) {
      faults.invalid(at, seconds, "must be greater than 0 and less than " + MOST_AFFINE_SECONDS);
    }
  }

  /** What only services have that are reached from outside, of which there are none. */
  private static void checkOutside(Faults faults, JsonNode spec) {
    if (!Tree.text(spec, "externalTrafficPolicy").isEmpty()) {
      faults.invalid(
          "spec.externalTrafficPolicy",
          spec.path("externalTrafficPolicy"),
          "may only be set for externally-accessible services");
    }
    if (!spec.path("loadBalancerSourceRanges").isEmpty()) {
      faults.forbidden(
          "spec.loadBalancerSourceRanges", "may only be used when `type` is 'LoadBalancer'");
    }
    if (spec.path("healthCheckNodePort").asInt(0) != 0) {
      faults.forbidden(
          "spec.healthCheckNodePort",
          "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
    }
    for (String field : List.of("allocateLoadBalancerNodePorts", "loadBalancerClass")) {
      if (spec.has(field)) {
        faults.forbidden("spec." + field, "may only be used when `type` is 'LoadBalancer'");
      }
    }
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
      if (port.path("nodePort").asInt(0) != 0) {
        faults.forbidden(at + ".nodePort", "may not be used when `type` is 'ClusterIP'");
      }
      String application = Tree.text(port, "appProtocol");
      if (!application.isEmpty()) {
        faults.invalid(at + ".appProtocol", application, Syntax.qualifiedName(application));
      }
      String protocol = Tree.text(port, "protocol");
      if (!numbers.add(number.asString("") + "/" + protocol)) faults.duplicate(at, port);
    }
  }
}
