package io.ordinal.controller.api.access;

import io.ordinal.controller.api.auth.AccountName;
import io.ordinal.controller.document.ApiObject;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A RoleBinding or ClusterRoleBinding, as far as decisions need it.
 *
 * @param namespace empty when it holds everywhere
 */
record Binding(String kind, String namespace, String name, RoleRef role, List<Subject> subjects) {
  /**
   * Whom it is for.
   *
   * @param key as {@link #userKey} and {@link #groupKey} make it
   * @param shown in reasons
   */
  record Subject(String key, String shown) {}

  static Binding of(ApiObject object) {
    List<Subject> subjects = new ArrayList<>();
    for (JsonNode each : object.tree().path("subjects")) {
      String name = each.path("name").asString("");
      switch (each.path("kind").asString("")) {
        case "User" -> subjects.add(new Subject(userKey(name), "User \"" + name + "\""));
        case "Group" -> subjects.add(new Subject(groupKey(name), "Group \"" + name + "\""));
        case "ServiceAccount" -> {
          String namespace = each.path("namespace").asString(object.namespace());
          String user = new AccountName(namespace, name).user();
          String shown = "ServiceAccount \"" + name + "/" + namespace + "\"";
          subjects.add(new Subject(userKey(user), shown));
        }
        default -> {} // Nobody is of such a kind.
      }
    }
    return new Binding(
        object.kind(),
        object.namespace(),
        object.name(),
        RoleRef.of(object.tree().path("roleRef"), object.namespace()),
        subjects);
  }

  static String userKey(String user) {
    return "u:" + user;
  }

  static String groupKey(String group) {
    return "g:" + group;
  }

  String reason(String subject) {
    String where = namespace.isEmpty() ? name : name + "/" + namespace;
    return "RBAC: allowed by %s \"%s\" of %s \"%s\" to %s"
        .formatted(kind, where, role.kind(), role.name(), subject);
  }
}
