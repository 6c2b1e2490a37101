package io.ordinal.controller.api.access;

import tools.jackson.databind.JsonNode;

/**
 * Which role a binding grants.
 *
 * @param namespace of the role; empty for a ClusterRole
 */
record RoleRef(String kind, String name, String namespace) {
  static RoleRef of(JsonNode roleRef, String bindingNamespace) {
    String kind = roleRef.path("kind").asString("");
    return new RoleRef(
        kind, roleRef.path("name").asString(""), kind.equals("Role") ? bindingNamespace : "");
  }
}
