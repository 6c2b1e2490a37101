package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.Namespace;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict.Cause;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** A space of names. */
final class NamespaceKind extends OrdinaryKind {
  private static final String NAME_LABEL = "kubernetes.io/metadata.name";
  private static final List<Column> COLUMNS =
      List.of(Columns.NAME, Columns.text("Status", "Active or Terminating."), Columns.AGE);

  NamespaceKind() {
    super(KindNames.cluster("v1", "Namespace", "namespaces", "ns"), Namespace.class);
  }

  /** One at a time: too much goes with each. */
  @Override
  public List<String> verbs() {
    return super.verbs().stream().filter(each -> !each.equals("deletecollection")).toList();
  }

  @Override
  public List<Subresource> subresources() {
    return List.of(new Subresource("finalize", "", "v1", "Namespace", Set.of("update")), status());
  }

  @Override
  public Map<String, Function<ObjectNode, String>> selectableFields() {
    return Map.of("status.phase", namespace -> Tree.text(namespace.path("status"), "phase"));
  }

  @Override
  void addDefaults(ObjectNode namespace) {
    ObjectNode metadata = Tree.ensure(namespace, "metadata");
    String name = Tree.text(metadata, "name");
    if (!name.isEmpty()) Tree.ensure(metadata, "labels").put(NAME_LABEL, name);
    Tree.defaultText(Tree.ensure(namespace, "status"), "phase", "Active");
    Tree.ensure(namespace, "spec");
  }

  @Override
  public void prepareForCreate(ObjectNode namespace) {
    ObjectNode spec = Tree.ensure(namespace, "spec");
    boolean held = false;
    for (var each : spec.path("finalizers")) held |= each.asString("").equals("kubernetes");
    if (!held) {
      if (!spec.path("finalizers").isArray()) spec.putArray("finalizers");
      spec.withArray("finalizers").add("kubernetes");
    }
    namespace.putObject("status").put("phase", "Active");
  }

  /** Its finalizers are changed by the namespace's own end only. */
  @Override
  public void prepareForUpdate(ObjectNode namespace, ApiObject old) {
    super.prepareForUpdate(namespace, old);
    Tree.copy("spec", old.tree(), namespace);
  }

  @Override
  public List<Cause> validateCreate(ApiObject namespace) {
    return List.of();
  }

  @Override
  public NameRule nameRule() {
    return NameRule.DNS_LABEL;
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ApiObject namespace, Instant now) {
    return List.of(
        namespace.name(), Tree.text(namespace.status(), "phase"), Durations.age(namespace, now));
  }
}
