package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.Pod;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict.Cause;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One life of a replica, as clients see it. */
final class PodKind extends OrdinaryKind {
  private static final List<Column> COLUMNS =
      List.of(
          Columns.NAME,
          Columns.text("Ready", "Containers that are ready, of all."),
          Columns.text("Status", "Where the pod is in its life, and what holds it up."),
          Columns.text("Restarts", "How often its containers were restarted."),
          Columns.AGE,
          Columns.wide("IP", "The address of the pod."),
          Columns.wide("Node", "The node that it runs on."),
          Columns.wide("Nominated Node", "The node that will be freed for it."),
          Columns.wide("Readiness Gates", "Conditions that hold, of those that readiness needs."));

  PodKind() {
    super(KindNames.namespaced("v1", "Pod", "pods", "po").inAll(), Pod.class);
  }

  @Override
  public List<Subresource> subresources() {
    return List.of(
        new Subresource("attach", "", "v1", "PodAttachOptions", Set.of("create", "get")),
        new Subresource("eviction", "policy", "v1", "Eviction", Set.of("create")),
        new Subresource("exec", "", "v1", "PodExecOptions", Set.of("create", "get")),
        new Subresource("log", "", "v1", "Pod", Set.of("get")),
        new Subresource("portforward", "", "v1", "PodPortForwardOptions", Set.of("create", "get")),
        new Subresource("status", "", "v1", "Pod", Set.of("get")));
  }

  @Override
  public Map<String, Function<ObjectNode, String>> selectableFields() {
    Map<String, Function<ObjectNode, String>> fields = new LinkedHashMap<>();
    for (String name :
        List.of("nodeName", "restartPolicy", "schedulerName", "serviceAccountName")) {
      fields.put("spec." + name, pod -> Tree.text(pod.path("spec"), name));
    }
    fields.put("spec.hostNetwork", pod -> pod.path("spec").path("hostNetwork").asString("false"));
    for (String name : List.of("phase", "podIP", "nominatedNodeName")) {
      fields.put("status." + name, pod -> Tree.text(pod.path("status"), name));
    }
    fields.put("status.podIPs", pod -> Tree.text(pod.path("status").path("podIPs").path(0), "ip"));
    return fields;
  }

  @Override
  void addDefaults(ObjectNode pod) {
    PodSpecDefaults.addToPod(Tree.ensure(pod, "spec"));
  }

  @Override
  public void prepareForCreate(ObjectNode pod) {
    ObjectNode status = pod.putObject("status");
    status.put("phase", "Pending");
    status.put("qosClass", PodSpecDefaults.qosClass(pod.path("spec")));
  }

  @Override
  public List<Cause> validateCreate(ApiObject pod) {
    Faults faults = new Faults();
    PodSpecRules.check(faults, "spec", pod.spec(), Set.of());
    InputRules.check(faults, "spec", pod.spec());
    if (pod.spec().path("activeDeadlineSeconds").isNumber()) {
      faults.forbidden(
          "spec.activeDeadlineSeconds", "a deadline of a pod is not supported by Ordinal");
    }
    return faults.found();
  }

  @Override
  public List<Cause> validateUpdate(ApiObject pod, ApiObject old) {
    Faults faults = new Faults();
    ObjectNode before = old.copy();
    applyDefaults(before);
    PodChanges.check(faults, before.path("spec"), pod.spec());
    return faults.found();
  }

  @Override
  public List<String> warnings(ApiObject pod) {
    return PodWarnings.of("spec", pod.spec());
  }

  @Override
  public Map<String, String> ownedAnnotations() {
    return Map.of("ordinal.io/incarnation", "it numbers the lives of a replica");
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ApiObject pod, Instant now) {
    PodSummary summary = PodSummary.of(pod, now);
    JsonNode status = pod.status();
    String address = Tree.text(status.path("podIPs").path(0), "ip");
    if (address.isEmpty()) address = Tree.text(status, "podIP");
    return List.of(
        pod.name(),
        summary.ready() + "/" + summary.containers(),
        summary.status(),
        summary.restarts(),
        Durations.age(pod, now),
        Cells.orNone(address),
        Cells.orNone(Tree.text(pod.spec(), "nodeName")),
        Cells.orNone(Tree.text(status, "nominatedNodeName")),
        gates(pod));
  }

  private static String gates(ApiObject pod) {
    List<ObjectNode> gates = Tree.maps(pod.spec().path("readinessGates"));
    if (gates.isEmpty()) return Cells.NONE;
    long open =
        gates.stream()
            .map(gate -> Tree.text(gate, "conditionType"))
            .filter(type -> Cells.condition(pod, type).equals("True"))
            .count();
    return open + "/" + gates.size();
  }
}
