package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.Node;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict.Cause;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** A machine that hosts workloads. */
final class NodeKind extends OrdinaryKind {
  private static final String ROLE = "node-role.kubernetes.io/";
  private static final List<Column> COLUMNS =
      List.of(
          Columns.NAME,
          Columns.text("Status", "Whether the node is ready, and whether it takes pods."),
          Columns.text("Roles", "What the node is for."),
          Columns.AGE,
          Columns.text("Version", "Version of the node agent."),
          Columns.wide("Internal-IP", "Address within the cluster."),
          Columns.wide("External-IP", "Address from outside."),
          Columns.wide("OS-Image", "Operating system."),
          Columns.wide("Kernel-Version", "Version of the kernel."),
          Columns.wide("Container-Runtime", "What runs the processes of pods."));

  NodeKind() {
    super(KindNames.cluster("v1", "Node", "nodes", "no"), Node.class);
  }

  @Override
  public List<Subresource> subresources() {
    return List.of(status());
  }

  @Override
  public Map<String, Function<ObjectNode, String>> selectableFields() {
    return Map.of(
        "spec.unschedulable", node -> node.path("spec").path("unschedulable").asString("false"));
  }

  @Override
  void addDefaults(ObjectNode node) {
    Tree.ensure(node, "spec");
    Tree.ensure(node, "status");
  }

  @Override
  public List<Cause> validateCreate(ApiObject node) {
    Faults faults = new Faults();
    List<ObjectNode> taints = Tree.maps(node.spec().path("taints"));
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < taints.size(); i++) {
      String at = "spec.taints[" + i + "]";
      String mark = Tree.text(taints.get(i), "key") + ":" + Tree.text(taints.get(i), "effect");
      if (!seen.add(mark)) faults.duplicate(at, taints.get(i));
      String key = Tree.text(taints.get(i), "key");
      String value = Tree.text(taints.get(i), "value");
      faults.invalid(at + ".key", key, Syntax.qualifiedName(key));
      faults.invalid(at + ".value", value, Syntax.labelValue(value));
      if (faults.present(at + ".effect", taints.get(i).path("effect"))) {
        faults.oneOf(
            at + ".effect",
            taints.get(i).path("effect"),
            "NoExecute",
            "NoSchedule",
            "PreferNoSchedule");
      }
    }
    return faults.found();
  }

  @Override
  public Map<String, String> ownedAnnotations() {
    return Map.of(
        "ordinal.io/session", "it names the present stay of the node",
        "ordinal.io/state-uuid", "it names the state directory of the node");
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ApiObject node, Instant now) {
    var info = node.status().path("nodeInfo");
    return List.of(
        node.name(),
        standing(node),
        roles(node),
        Durations.age(node, now),
        Tree.text(info, "kubeletVersion"),
        Cells.orNone(address(node, "InternalIP")),
        Cells.orNone(address(node, "ExternalIP")),
        orUnknown(Tree.text(info, "osImage")),
        orUnknown(Tree.text(info, "kernelVersion")),
        orUnknown(Tree.text(info, "containerRuntimeVersion")));
  }

  private static String standing(ApiObject node) {
    String ready = Cells.condition(node, "Ready");
    String shown = ready.isEmpty() ? "Unknown" : ready.equals("True") ? "Ready" : "NotReady";
    boolean cordoned = node.spec().path("unschedulable").asBoolean(false);
    return cordoned ? shown + ",SchedulingDisabled" : shown;
  }

  private static String roles(ApiObject node) {
    TreeSet<String> roles = new TreeSet<>();
    node.labels()
        .forEach(
            (key, value) -> {
              if (key.startsWith(ROLE) && key.length() > ROLE.length()) {
                roles.add(key.substring(ROLE.length()));
              } else if (key.equals("kubernetes.io/role") && !value.isEmpty()) {
                roles.add(value);
              }
            });
    return Cells.orNone(String.join(",", roles));
  }

  private static String address(ApiObject node, String type) {
    return Tree.maps(node.status().path("addresses")).stream()
        .filter(each -> Tree.text(each, "type").equals(type))
        .map(each -> Tree.text(each, "address"))
        .findFirst()
        .orElse("");
  }

  private static String orUnknown(String text) {
    return text.isEmpty() ? Cells.UNKNOWN : text;
  }
}
