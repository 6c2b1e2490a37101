package io.ordinal.controller.api.kind;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.model.Verdict.Cause;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules that bindings grant: of one namespace, or of the whole cluster. */
final class RoleKind extends OrdinaryKind {
  static final String GROUP = "rbac.authorization.k8s.io";
  private static final List<Column> COLUMNS =
      List.of(
          Columns.NAME, new Column("Created At", "date", "", "When the object was created.", 0));

  private RoleKind(KindNames names, Class<?> schema) {
    super(names, schema);
  }

  static RoleKind ofNamespace() {
    return new RoleKind(KindNames.namespaced(GROUP + "/v1", "Role", "roles"), Role.class);
  }

  static RoleKind ofCluster() {
    return new RoleKind(
        KindNames.cluster(GROUP + "/v1", "ClusterRole", "clusterroles"), ClusterRole.class);
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
  public List<Cause> validateCreate(ApiObject role) {
    Faults faults = new Faults();
    List<ObjectNode> rules = Tree.maps(role.tree().path("rules"));
    for (int i = 0; i < rules.size(); i++) check(faults, "rules[" + i + "]", rules.get(i));
    JsonNode gathered = role.tree().path("aggregationRule");
    if (gathered.isObject()) {
      List<ObjectNode> selectors = Tree.maps(gathered.path("clusterRoleSelectors"));
      String at = "aggregationRule.clusterRoleSelectors";
      if (selectors.isEmpty()) {
        faults.required(
            at, "at least one clusterRoleSelector required if aggregationRule is non-nil");
      }
      for (int i = 0; i < selectors.size(); i++) {
        LabelRules.checkSelector(faults, at + "[" + i + "]", selectors.get(i));
      }
    }
    return faults.found();
  }

  private void check(Faults faults, String at, ObjectNode rule) {
    if (rule.path("verbs").isEmpty()) {
      faults.required(at + ".verbs", "verbs must contain at least one value");
    }
    JsonNode paths = rule.path("nonResourceURLs");
    if (!paths.isEmpty()) {
      if (namespaced()) {
        faults.invalid(
            at + ".nonResourceURLs", paths, "namespaced rules cannot apply to non-resource URLs");
      }
      boolean both =
          !rule.path("apiGroups").isEmpty()
              || !rule.path("resources").isEmpty()
              || !rule.path("resourceNames").isEmpty();
      if (both) {
        faults.invalid(
            at + ".nonResourceURLs",
            paths,
            "rules cannot apply to both regular resources and non-resource URLs");
      }
      return;
    }
    if (rule.path("apiGroups").isEmpty()) {
      faults.required(at + ".apiGroups", "resource rules must supply at least one api group");
    }
    if (rule.path("resources").isEmpty()) {
      faults.required(at + ".resources", "resource rules must supply at least one resource");
    }
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<Object> cells(ApiObject role, Instant now) {
    return List.of(role.name(), role.creationTimestamp().map(Instant::toString).orElse(""));
  }
}
