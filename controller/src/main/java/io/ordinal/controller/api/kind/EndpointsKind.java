package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.Endpoints;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The pods behind a service in one object, as older clients read them. */
final class EndpointsKind extends OrdinaryKind {
  private static final List<Column> COLUMNS =
      List.of(
          Columns.NAME,
          Columns.text("Endpoints", "Addresses and ports that are ready."),
          Columns.AGE);

  EndpointsKind() {
    super(KindNames.namespaced("v1", "Endpoints", "endpoints", "ep"), Endpoints.class);
  }

  @Override
  public boolean createsOnUpdate() {
    return true;
  }

  @Override
  void addDefaults(ObjectNode endpoints) {
    for (ObjectNode subset : Tree.maps(endpoints.path("subsets"))) {
      for (ObjectNode port : Tree.maps(subset.path("ports"))) {
        Tree.defaultText(port, "protocol", "TCP");
      }
    }
  }

  @Override
  public List<Cause> validateCreate(ApiObject endpoints) {
    Faults faults = new Faults();
    List<ObjectNode> subsets = Tree.maps(endpoints.tree().path("subsets"));
    for (int i = 0; i < subsets.size(); i++) subset(faults, "subsets[" + i + "]", subsets.get(i));
    return faults.found();
  }

  private static void subset(Faults faults, String at, ObjectNode subset) {
    if (subset.path("addresses").isEmpty() && subset.path("notReadyAddresses").isEmpty()) {
      faults.required(at, "must specify `addresses` or `notReadyAddresses`");
    }
    for (String list : List.of("addresses", "notReadyAddresses")) {
      List<ObjectNode> addresses = Tree.maps(subset.path(list));
      for (int i = 0; i < addresses.size(); i++) {
        String address = at + "." + list + "[" + i + "]";
        EndpointRules.checkAddress(faults, address + ".ip", addresses.get(i).path("ip"));
        EndpointRules.checkName(faults, address + ".hostname", addresses.get(i).path("hostname"));
        String node = Tree.text(addresses.get(i), "nodeName");
        if (!node.isEmpty()) faults.invalid(address + ".nodeName", node, Syntax.subdomain(node));
      }
    }
    List<ObjectNode> ports = Tree.maps(subset.path("ports"));
    for (int i = 0; i < ports.size(); i++) {
      port(faults, at + ".ports[" + i + "]", ports.get(i), ports.size() > 1);
    }
  }

  private static void port(Faults faults, String at, ObjectNode port, boolean nameNeeded) {
    if (nameNeeded) faults.present(at + ".name", port.path("name"));
    EndpointRules.checkName(faults, at + ".name", port.path("name"));
    JsonNode number = port.path("port");
    Ports.checkNumber(faults, at + ".port", number.isMissingNode() ? Ports.NONE : number);
    faults.oneOf(at + ".protocol", port.path("protocol"), "SCTP", "TCP", "UDP");
    String application = Tree.text(port, "appProtocol");
    if (!application.isEmpty()) {
      faults.invalid(at + ".appProtocol", application, Syntax.qualifiedName(application));
    }
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ApiObject endpoints, Instant now) {
    List<ObjectNode> subsets = Tree.maps(endpoints.tree().path("subsets"));
    List<String> shown = new ArrayList<>();
    for (ObjectNode subset : subsets) {
      List<ObjectNode> ports = Tree.maps(subset.path("ports"));
      List<ObjectNode> addresses = Tree.maps(subset.path("addresses"));
      if (ports.isEmpty()) addresses.forEach(each -> shown.add(Tree.text(each, "ip")));
      for (ObjectNode port : ports) {
        for (ObjectNode address : addresses) {
          String ip = Tree.text(address, "ip");
          String host = ip.indexOf(':') < 0 ? ip : "[" + ip + "]";
          shown.add(host + ":" + port.path("port").asInt(0));
        }
      }
    }
    String none = subsets.isEmpty() ? Cells.NONE : "";
    return List.of(
        endpoints.name(), EndpointRules.shown(shown, none), Durations.age(endpoints, now));
  }
}
