package io.ordinal.cli.describe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A service, with where its ports lead. Pure. */
final class ServiceText {
  private static final int MOST_SHOWN = 3;

  private ServiceText() {}

  /**
   * @param slices of its endpoints; none if they may not be read
   */
  static Sheet of(JsonNode service, Optional<JsonNode> slices) {
    Sheet sheet = new Sheet();
    JsonNode metadata = service.path("metadata");
    JsonNode spec = service.path("spec");
    sheet.line(0, "Name:", Texts.of(metadata.path("name")));
    sheet.line(0, "Namespace:", Texts.of(metadata.path("namespace")));
    Marks.labels(sheet, 0, "Labels", metadata.path("labels"));
    Marks.annotations(sheet, 0, "Annotations", metadata.path("annotations"));
    String selector =
        Texts.map(spec.path("selector")).entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining(","));
    sheet.line(0, "Selector:", Texts.orNone(selector));
    sheet.line(0, "Type:", Texts.of(spec.path("type")));
    addresses(sheet, spec);
    balancers(sheet, service.path("status").path("loadBalancer").path("ingress"));
    for (JsonNode each : spec.path("ports")) port(sheet, each, slices);
    sheet.line(0, "Session Affinity:", Texts.of(spec.path("sessionAffinity")));
    optional(sheet, "External Traffic Policy:", spec.path("externalTrafficPolicy"));
    optional(sheet, "Internal Traffic Policy:", spec.path("internalTrafficPolicy"));
    optional(sheet, "HealthCheck NodePort:", spec.path("healthCheckNodePort"));
    JsonNode sources = spec.path("loadBalancerSourceRanges");
    if (!sources.isEmpty()) sheet.line(0, "LoadBalancer Source Ranges:", joined(sources));
    return sheet;
  }

  private static void addresses(Sheet sheet, JsonNode spec) {
    optional(sheet, "IP Family Policy:", spec.path("ipFamilyPolicy"));
    sheet.line(0, "IP Families:", joined(spec.path("ipFamilies")));
    sheet.line(0, "IP:", Texts.of(spec.path("clusterIP")));
    sheet.line(0, "IPs:", joined(spec.path("clusterIPs")));
    if (!spec.path("externalIPs").isEmpty()) {
      sheet.line(0, "External IPs:", joined(spec.path("externalIPs")));
    }
    optional(sheet, "Desired LoadBalancer IP:", spec.path("loadBalancerIP"));
    optional(sheet, "External Name:", spec.path("externalName"));
  }

  private static void balancers(Sheet sheet, JsonNode ingress) {
    if (ingress.isEmpty()) return;
    List<String> found = new ArrayList<>();
    for (JsonNode each : ingress) {
      String address = Texts.of(each.path("ip"));
      String mode = Texts.of(each.path("ipMode"));
      String name = address.isEmpty() ? Texts.of(each.path("hostname")) : address;
      found.add(address.isEmpty() || mode.isEmpty() ? name : name + " (" + mode + ")");
    }
    sheet.line(0, "LoadBalancer Ingress:", String.join(", ", found));
  }

  private static void port(Sheet sheet, JsonNode port, Optional<JsonNode> slices) {
    String name = Texts.of(port.path("name"));
    String shown = name.isEmpty() ? "<unset>" : name;
    String protocol = "/" + Texts.of(port.path("protocol"));
    sheet.line(0, "Port:", shown, Texts.of(port.path("port")) + protocol);
    sheet.line(0, "TargetPort:", Texts.of(port.path("targetPort")) + protocol);
    if (port.has("nodePort")) {
      sheet.line(0, "NodePort:", shown, Texts.of(port.path("nodePort")) + protocol);
    }
    sheet.line(0, "Endpoints:", slices.map(all -> endpoints(all, name)).orElse(Texts.FORBIDDEN));
  }

  private static String endpoints(JsonNode slices, String port) {
    if (slices.isEmpty()) return "<none>";
    List<String> found = new ArrayList<>();
    for (JsonNode slice : slices) {
      for (JsonNode each : slice.path("ports")) {
        if (!Texts.of(each.path("name")).equals(port)) continue;
        ready(slice).forEach(address -> found.add(address + ":" + Texts.of(each.path("port"))));
      }
    }
    int more = found.size() - MOST_SHOWN;
    if (more <= 0) return String.join(",", found);
    return String.join(",", found.subList(0, MOST_SHOWN)) + " + " + more + " more...";
  }

  private static List<String> ready(JsonNode slice) {
    List<String> addresses = new ArrayList<>();
    for (JsonNode each : slice.path("endpoints")) {
      if (!each.path("conditions").path("ready").asBoolean(true)) continue;
      String first = Texts.of(each.path("addresses").path(0));
      addresses.add(first.contains(":") ? "[" + first + "]" : first);
    }
    return addresses;
  }

  private static String joined(JsonNode list) {
    return Texts.orNone(String.join(",", Texts.list(list)));
  }

  private static void optional(Sheet sheet, String title, JsonNode value) {
    String text = Texts.of(value);
    if (!text.isEmpty()) sheet.line(0, title, text);
  }
}
