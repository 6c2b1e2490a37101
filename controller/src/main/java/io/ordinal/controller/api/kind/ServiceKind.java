package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.Service;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A name for pods. */
final class ServiceKind extends OrdinaryKind {
  private static final List<Column> COLUMNS =
      List.of(
          Columns.NAME,
          Columns.text("Type", "How the service is reached."),
          Columns.text("Cluster-IP", "Its address; None when headless."),
          Columns.text("External-IP", "Its address from outside."),
          Columns.text("Port(s)", "Ports and protocols."),
          Columns.AGE,
          Columns.wide("Selector", "Labels of the pods behind it."));

  ServiceKind() {
    super(KindNames.namespaced("v1", "Service", "services", "svc").inAll(), Service.class);
  }

  @Override
  public List<Subresource> subresources() {
    return List.of(status());
  }

  @Override
  public boolean createsOnUpdate() {
    return true;
  }

  @Override
  public Map<String, Function<ObjectNode, String>> selectableFields() {
    return Map.of(
        "spec.clusterIP", service -> Tree.text(service.path("spec"), "clusterIP"),
        "spec.type", service -> Tree.text(service.path("spec"), "type"));
  }

  @Override
  void addDefaults(ObjectNode service) {
    ObjectNode spec = Tree.ensure(service, "spec");
    Tree.defaultText(spec, "type", "ClusterIP");
    Tree.defaultText(spec, "sessionAffinity", "None");
    for (ObjectNode port : Tree.maps(spec.path("ports"))) {
      Tree.defaultText(port, "protocol", "TCP");
      JsonNode target = port.path("targetPort");
      boolean none = Tree.absent(target) || target.asString("").matches("0?");
      if (none && port.has("port")) port.set("targetPort", port.get("port"));
    }
    if (!Tree.text(spec, "type").equals("ExternalName")) {
      Tree.defaultText(spec, "internalTrafficPolicy", "Cluster");
      Tree.defaultText(spec, "ipFamilyPolicy", "SingleStack");
      if (!spec.has("ipFamilies")) spec.putArray("ipFamilies").add("IPv4");
    }
    String address = Tree.text(spec, "clusterIP");
    if (!address.isEmpty() && !spec.has("clusterIPs")) spec.putArray("clusterIPs").add(address);
    if (spec.get("sessionAffinityConfig") instanceof ObjectNode config
        && config.get("clientIP") instanceof ObjectNode client) {
      Tree.defaultNumber(client, "timeoutSeconds", 10800);
    }
    Tree.ensure(Tree.ensure(service, "status"), "loadBalancer");
  }

  /** One that becomes a name for something outside lets go of what only the others have. */
  @Override
  public void prepareForUpdate(ObjectNode service, ApiObject old) {
    super.prepareForUpdate(service, old);
    boolean leaves =
        Tree.text(service.path("spec"), "type").equals("ExternalName")
            && !Tree.text(old.spec(), "type").equals("ExternalName");
    if (!leaves || !(service.get("spec") instanceof ObjectNode spec)) return;
    for (String field : List.of("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy")) {
      if (Tree.same(spec.path(field), old.spec().path(field))) spec.remove(field);
    }
  }

  @Override
  public void prepareForCreate(ObjectNode service) {
    service.putObject("status").putObject("loadBalancer");
  }

  @Override
  public List<Cause> validateCreate(ApiObject service) {
    Faults faults = new Faults();
    ServiceRules.check(faults, service.spec());
    return faults.found();
  }

  @Override
  public List<Cause> validateUpdate(ApiObject service, ApiObject old) {
    Faults faults = new Faults();
    JsonNode before = old.spec().path("clusterIPs");
    JsonNode after = service.spec().path("clusterIPs");
    boolean sameType = Tree.text(old.spec(), "type").equals(Tree.text(service.spec(), "type"));
    if (sameType && !before.isEmpty() && !Tree.same(before, after)) {
      faults.invalid("spec.clusterIPs[0]", after, "may not change once set");
    }
    ServiceRules.check(faults, service.spec());
    return faults.found();
  }

  @Override
  public List<String> warnings(ApiObject service) {
    List<String> warnings = new ArrayList<>();
    boolean headless = Tree.text(service.spec(), "clusterIP").equals("None");
    if (Tree.text(service.spec(), "type").equals("ClusterIP") && !headless) {
      warnings.add(
          "spec.clusterIP: Ordinal does not route cluster IPs yet, so this service has no address;"
              + " its pods are reached by theirs (with clusterIP: None this warning goes away)");
    }
    warnings.addAll(ServiceRules.unheeded(service.spec()));
    return warnings;
  }

  @Override
  public NameRule nameRule() {
    return NameRule.DNS_1035_LABEL;
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ApiObject service, Instant now) {
    JsonNode spec = service.spec();
    String address = spec.path("clusterIPs").path(0).asString(Tree.text(spec, "clusterIP"));
    List<String> ports = new ArrayList<>();
    for (ObjectNode port : Tree.maps(spec.path("ports"))) {
      int node = port.path("nodePort").asInt(0);
      String number = port.path("port").asString("");
      ports.add((node == 0 ? number : number + ":" + node) + "/" + Tree.text(port, "protocol"));
    }
    return List.of(
        service.name(),
        Tree.text(spec, "type"),
        Cells.orNone(address),
        external(spec),
        Cells.orNone(String.join(",", ports)),
        Durations.age(service, now),
        Cells.orNone(Cells.selector(spec.path("selector"))));
  }

  private static String external(JsonNode spec) {
    if (Tree.text(spec, "type").equals("ExternalName")) {
      return Cells.orNone(Tree.text(spec, "externalName"));
    }
    List<String> addresses = new ArrayList<>();
    spec.path("externalIPs").forEach(each -> addresses.add(each.asString("")));
    return Cells.orNone(String.join(",", addresses));
  }
}
