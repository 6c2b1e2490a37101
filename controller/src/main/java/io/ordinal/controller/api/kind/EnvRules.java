package io.ordinal.controller.api.kind;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the environment of a container must be. */
final class EnvRules {
  private static final Set<String> SOURCES =
      Set.of("fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef");
  private static final String[] FIELDS = {
    "metadata.name",
    "metadata.namespace",
    "metadata.uid",
    "spec.nodeName",
    "spec.serviceAccountName",
    "status.hostIP",
    "status.hostIPs",
    "status.podIP",
    "status.podIPs"
  };

  private EnvRules() {}

  static void check(Faults faults, String path, ObjectNode container) {
    List<ObjectNode> variables = Tree.maps(container.path("env"));
    for (int i = 0; i < variables.size(); i++) {
      String at = path + ".env[" + i + "]";
      ObjectNode variable = variables.get(i);
      if (faults.present(at + ".name", variable.path("name"))) {
        String name = Tree.text(variable, "name");
        faults.invalid(at + ".name", name, Syntax.variableName(name));
      }
      if (variable.has("valueFrom")) checkSource(faults, at, variable);
    }
    List<ObjectNode> imports = Tree.maps(container.path("envFrom"));
    for (int i = 0; i < imports.size(); i++) {
      checkImport(faults, path + ".envFrom[" + i + "]", imports.get(i));
    }
  }

  private static void checkSource(Faults faults, String at, ObjectNode variable) {
    JsonNode source = variable.path("valueFrom");
    String here = at + ".valueFrom";
    Set<String> given = new TreeSet<>(source.propertyNames());
    given.retainAll(SOURCES);
    if (given.isEmpty()) {
      faults.invalid(
          here,
          "",
          "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or"
              + " `secretKeyRef`");
      return;
    }
    if (!Tree.text(variable, "value").isEmpty()) {
      faults.invalid(here, "", "may not be specified when `value` is not empty");
    } else if (given.size() > 1) {
      faults.invalid(here, "", "may not have more than one field specified at a time");
    }
    for (String key : List.of("configMapKeyRef", "secretKeyRef")) {
      if (!source.has(key)) continue;
      faults.present(here + "." + key + ".name", source.path(key).path("name"));
      if (faults.present(here + "." + key + ".key", source.path(key).path("key"))) {
        String entry = Tree.text(source.path(key), "key");
        faults.invalid(here + "." + key + ".key", entry, Syntax.configKey(entry));
      }
    }
    if (source.has("fieldRef")) {
      checkField(faults, here + ".fieldRef.fieldPath", source.path("fieldRef").path("fieldPath"));
    }
    if (source.has("resourceFieldRef")) {
      faults.present(
          here + ".resourceFieldRef.resource", source.path("resourceFieldRef").path("resource"));
    }
  }

  private static void checkField(Faults faults, String at, JsonNode field) {
    if (!faults.present(at, field)) return;
    if (!field.asString("").matches("metadata\\.(labels|annotations)\\['.+']")) {
      faults.oneOf(at, field, FIELDS);
    }
  }

  private static void checkImport(Faults faults, String at, ObjectNode source) {
    boolean map = source.has("configMapRef");
    boolean secret = source.has("secretRef");
    if (!map && !secret) {
      faults.invalid(at, "", "must specify one of: `configMapRef` or `secretRef`");
    }
    if (map && secret) {
      faults.invalid(at, "", "may not have more than one field specified at a time");
    }
    String prefix = Tree.text(source, "prefix");
    if (!prefix.isEmpty()) {
      faults.invalid(at + ".prefix", prefix, Syntax.variableName(prefix));
    }
    if (map) faults.present(at + ".configMapRef.name", source.path("configMapRef").path("name"));
    if (secret) faults.present(at + ".secretRef.name", source.path("secretRef").path("name"));
  }
}
