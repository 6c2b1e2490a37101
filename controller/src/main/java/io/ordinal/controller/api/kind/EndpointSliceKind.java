package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Some of the pods behind a service. */
final class EndpointSliceKind extends OrdinaryKind {
  private static final int MOST_ENDPOINTS = 1000;
  private static final int MOST_ADDRESSES = 100;
  private static final int MOST_PORTS = 20000;
  private static final List<Column> COLUMNS =
      List.of(
          Columns.NAME,
          Columns.text("AddressType", "IPv4, IPv6 or FQDN."),
          Columns.text("Ports", "Ports of every endpoint."),
          Columns.text("Endpoints", "Addresses, whether ready or not."),
          Columns.AGE);

  EndpointSliceKind() {
    super(
        KindNames.namespaced("discovery.k8s.io/v1", "EndpointSlice", "endpointslices"),
        EndpointSlice.class);
  }

  @Override
  public boolean hasGeneration() {
    return true;
  }

  @Override
  void addDefaults(ObjectNode slice) {
    for (ObjectNode port : Tree.maps(slice.path("ports"))) {
      if (!port.has("name")) port.put("name", "");
      Tree.defaultText(port, "protocol", "TCP");
    }
    if (!slice.has("endpoints")) slice.putArray("endpoints");
    if (!slice.has("ports")) slice.putArray("ports");
  }

  /** A slice has no spec: its generation rises with whatever is not metadata. */
  @Override
  public void prepareForUpdate(ObjectNode slice, ApiObject old) {
    ObjectNode before = old.copy().without("metadata");
    ObjectNode after = slice.deepCopy().without("metadata");
    if (!before.equals(after) && slice.get("metadata") instanceof ObjectNode metadata) {
      metadata.put("generation", old.generation() + 1);
    }
  }

  @Override
  public List<Cause> validateCreate(ApiObject slice) {
    Faults faults = new Faults();
    check(faults, slice.tree());
    return faults.found();
  }

  @Override
  public List<Cause> validateUpdate(ApiObject slice, ApiObject old) {
    Faults faults = new Faults();
    JsonNode type = slice.tree().path("addressType");
    if (!Tree.same(type, old.tree().path("addressType"))) {
      faults.invalid("addressType", type, "field is immutable");
    }
    check(faults, slice.tree());
    return faults.found();
  }

  private static void check(Faults faults, ObjectNode slice) {
    if (faults.present("addressType", slice.path("addressType"))) {
      faults.oneOf("addressType", slice.path("addressType"), "FQDN", "IPv4", "IPv6");
    }
    List<ObjectNode> endpoints = Tree.maps(slice.path("endpoints"));
    if (endpoints.size() > MOST_ENDPOINTS) {
      faults.tooMany("endpoints", endpoints.size(), MOST_ENDPOINTS);
    }
    String type = Tree.text(slice, "addressType");
    for (int i = 0; i < endpoints.size(); i++) {
      endpoint(faults, "endpoints[" + i + "]", endpoints.get(i), type);
    }
    ports(faults, Tree.maps(slice.path("ports")));
  }

  private static void endpoint(Faults faults, String at, ObjectNode endpoint, String type) {
    JsonNode addresses = endpoint.path("addresses");
    if (addresses.isEmpty()) faults.required(at + ".addresses", "must contain at least 1 address");
    if (addresses.size() > MOST_ADDRESSES) {
      faults.tooMany(at + ".addresses", addresses.size(), MOST_ADDRESSES);
    }
    for (int i = 0; i < addresses.size(); i++) {
      address(faults, at + ".addresses[" + i + "]", addresses.get(i).asString(""), type);
    }
    EndpointRules.checkName(faults, at + ".hostname", endpoint.path("hostname"));
    String node = Tree.text(endpoint, "nodeName");
    if (!node.isEmpty()) faults.invalid(at + ".nodeName", node, Syntax.subdomain(node));
    LabelRules.check(faults, at + ".deprecatedTopology", endpoint.path("deprecatedTopology"));
  }

  /** Loopback addresses are good here: pods of one machine have them. */
  private static void address(Faults faults, String at, String text, String type) {
    switch (type) {
      case "IPv4" -> {
        if (!EndpointRules.isIpv4(text)) faults.invalid(at, text, "must be a valid IPv4 address");
      }
      case "IPv6" -> {
        if (!EndpointRules.isIpv6(text)) faults.invalid(at, text, "must be a valid IPv6 address");
      }
      case "FQDN" -> faults.invalid(at, text, Syntax.subdomain(text));
      default -> {} // Told already.
    }
  }

  private static void ports(Faults faults, List<ObjectNode> ports) {
    if (ports.size() > MOST_PORTS) faults.tooMany("ports", ports.size(), MOST_PORTS);
    Set<String> names = new HashSet<>();
    for (int i = 0; i < ports.size(); i++) {
      ObjectNode port = ports.get(i);
      String at = "ports[" + i + "]";
      EndpointRules.checkName(faults, at + ".name", port.path("name"));
      if (!names.add(Tree.text(port, "name"))) faults.duplicate(at + ".name", port.path("name"));
      faults.oneOf(at + ".protocol", port.path("protocol"), "SCTP", "TCP", "UDP");
      if (port.has("port")) Ports.checkNumber(faults, at + ".port", port.path("port"));
      String application = Tree.text(port, "appProtocol");
      if (!application.isEmpty()) {
        faults.invalid(at + ".appProtocol", application, Syntax.qualifiedName(application));
      }
    }
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ApiObject slice, Instant now) {
    List<String> ports = new ArrayList<>();
    for (ObjectNode port : Tree.maps(slice.tree().path("ports"))) {
      ports.add(port.path("port").asString(port.path("name").asString("*")));
    }
    List<String> addresses = new ArrayList<>();
    for (ObjectNode endpoint : Tree.maps(slice.tree().path("endpoints"))) {
      endpoint.path("addresses").forEach(each -> addresses.add(each.asString("")));
    }
    return List.of(
        slice.name(),
        Tree.text(slice.tree(), "addressType"),
        EndpointRules.shown(ports, Cells.UNSET),
        EndpointRules.shown(addresses, Cells.UNSET),
        Durations.age(slice, now));
  }
}
