package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict.Cause;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Grants a role to users, in one namespace or in the whole cluster. */
final class RoleBindingKind extends OrdinaryKind {
  private static final List<Column> COLUMNS =
      List.of(
          Columns.NAME,
          Columns.text("Role", "What is granted."),
          Columns.AGE,
          Columns.wide("Users", "The users to whom it is granted."),
          Columns.wide("Groups", "The groups to whom it is granted."),
          Columns.wide("ServiceAccounts", "The service accounts to whom it is granted."));

  private RoleBindingKind(KindNames names, Class<?> schema) {
    super(names, schema);
  }

  static RoleBindingKind ofNamespace() {
    return new RoleBindingKind(
        KindNames.namespaced(RoleKind.GROUP + "/v1", "RoleBinding", "rolebindings"),
        RoleBinding.class);
  }

  static RoleBindingKind ofCluster() {
    return new RoleBindingKind(
        KindNames.cluster(RoleKind.GROUP + "/v1", "ClusterRoleBinding", "clusterrolebindings"),
        ClusterRoleBinding.class);
  }

  @Override
  public boolean createsOnUpdate() {
    return true;
  }

  @Override
  public NameRule nameRule() {
    return NameRule.PATH_SEGMENT;
  }

  @Override
  void addDefaults(ObjectNode binding) {
    if (binding.path("roleRef") instanceof ObjectNode role) {
      Tree.defaultText(role, "apiGroup", RoleKind.GROUP);
    }
    for (ObjectNode each : Tree.maps(binding.path("subjects"))) {
      boolean person = List.of("User", "Group").contains(Tree.text(each, "kind"));
      if (person) Tree.defaultText(each, "apiGroup", RoleKind.GROUP);
    }
  }

  @Override
  public List<Cause> validateCreate(ApiObject binding) {
    Faults faults = new Faults();
    JsonNode role = binding.tree().path("roleRef");
    if (!Tree.text(role, "apiGroup").equals(RoleKind.GROUP)) {
      faults.unsupported("roleRef.apiGroup", Tree.text(role, "apiGroup"), RoleKind.GROUP);
    }
    String[] kinds =
        namespaced() ? new String[] {"Role", "ClusterRole"} : new String[] {"ClusterRole"};
    if (!List.of(kinds).contains(Tree.text(role, "kind"))) {
      faults.unsupported("roleRef.kind", Tree.text(role, "kind"), kinds);
    }
    String name = Tree.text(role, "name");
    if (name.isEmpty()) faults.required("roleRef.name", "");
    else faults.invalid("roleRef.name", name, Syntax.name(NameRule.PATH_SEGMENT, name));
    List<ObjectNode> subjects = Tree.maps(binding.tree().path("subjects"));
    for (int i = 0; i < subjects.size(); i++) {
      check(faults, "subjects[" + i + "]", subjects.get(i));
    }
    return faults.found();
  }

  private void check(Faults faults, String at, ObjectNode subject) {
    String name = Tree.text(subject, "name");
    String group = Tree.text(subject, "apiGroup");
    if (name.isEmpty()) faults.required(at + ".name", "");
    switch (Tree.text(subject, "kind")) {
      case "ServiceAccount" -> {
        if (!name.isEmpty()) {
          faults.invalid(at + ".name", name, Syntax.name(NameRule.DNS_SUBDOMAIN, name));
        }
        if (!group.isEmpty()) faults.unsupported(at + ".apiGroup", group, "");
        if (Tree.text(subject, "namespace").isEmpty()) faults.required(at + ".namespace", "");
      }
      case "User", "Group" -> {
        if (!group.equals(RoleKind.GROUP)) {
          faults.unsupported(at + ".apiGroup", group, RoleKind.GROUP);
        }
      }
      default ->
          faults.unsupported(
              at + ".kind", Tree.text(subject, "kind"), "ServiceAccount", "User", "Group");
    }
  }

  @Override
  public List<Cause> validateUpdate(ApiObject binding, ApiObject old) {
    Faults faults = new Faults();
    JsonNode role = binding.tree().path("roleRef");
    if (!Tree.same(role, old.tree().path("roleRef"))) {
      faults.invalid("roleRef", role, "cannot change roleRef");
    }
    validateCreate(binding).forEach(faults::add);
    return faults.found();
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ApiObject binding, Instant now) {
    JsonNode role = binding.tree().path("roleRef");
    return List.of(
        binding.name(),
        Tree.text(role, "kind") + "/" + Tree.text(role, "name"),
        Durations.age(binding, now),
        named(binding, "User"),
        named(binding, "Group"),
        named(binding, "ServiceAccount"));
  }

  private static String named(ApiObject binding, String kind) {
    List<String> names = new ArrayList<>();
    for (ObjectNode each : Tree.maps(binding.tree().path("subjects"))) {
      if (!Tree.text(each, "kind").equals(kind)) continue;
      String namespace = Tree.text(each, "namespace");
      boolean account = kind.equals("ServiceAccount");
      names.add(account ? namespace + "/" + Tree.text(each, "name") : Tree.text(each, "name"));
    }
    return String.join(", ", names);
  }
}
