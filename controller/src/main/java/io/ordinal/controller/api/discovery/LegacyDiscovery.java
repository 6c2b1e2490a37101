package io.ordinal.controller.api.discovery;

import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.api.kind.ResourceKind.Subresource;
import io.ordinal.controller.document.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Discovery in one document for each group and version, as older clients read it. */
final class LegacyDiscovery {
  private LegacyDiscovery() {}

  /** {@code /api}. */
  static ObjectNode core() {
    ObjectNode versions = Json.object();
    versions.put("kind", "APIVersions");
    versions.putArray("versions").add("v1");
    versions.putArray("serverAddressByClientCIDRs");
    return versions;
  }

  /** {@code /apis}. */
  static ObjectNode groups(KindRegistry kinds) {
    ObjectNode list = Json.object();
    list.put("kind", "APIGroupList");
    list.put("apiVersion", "v1");
    ArrayNode groups = list.putArray("groups");
    kinds
        .byGroup()
        .forEach(
            (group, versions) -> {
              if (!group.isEmpty()) groups.add(group(group, versions));
            });
    return list;
  }

  /** {@code /apis/GROUP}. */
  static Optional<ObjectNode> group(KindRegistry kinds, String group) {
    return Optional.ofNullable(kinds.byGroup().get(group))
        .filter(versions -> !group.isEmpty())
        .map(
            versions -> {
              ObjectNode tree = Json.object();
              tree.put("kind", "APIGroup");
              tree.put("apiVersion", "v1");
              tree.setAll(group(group, versions));
              return tree;
            });
  }

  /** {@code /api/v1} and {@code /apis/GROUP/VERSION}. */
  static Optional<ObjectNode> resources(KindRegistry kinds, String group, String version) {
    if (!kinds.serves(group, version)) return Optional.empty();
    ObjectNode list = Json.object();
    list.put("kind", "APIResourceList");
    list.put("apiVersion", "v1");
    list.put("groupVersion", group.isEmpty() ? version : group + "/" + version);
    ArrayNode resources = list.putArray("resources");
    for (ResourceKind kind : kinds.byGroup().get(group).get(version)) {
      resources.add(resource(kind));
      kind.subresources().forEach(each -> resources.add(subresource(kind, each)));
    }
    return Optional.of(list);
  }

  private static ObjectNode group(String group, Map<String, List<ResourceKind>> versions) {
    ObjectNode tree = Json.object();
    tree.put("name", group);
    ArrayNode list = tree.putArray("versions");
    versions.keySet().forEach(version -> list.add(version(group, version)));
    tree.set("preferredVersion", version(group, versions.keySet().iterator().next()));
    return tree;
  }

  private static ObjectNode version(String group, String version) {
    ObjectNode tree = Json.object();
    tree.put("groupVersion", group + "/" + version);
    tree.put("version", version);
    return tree;
  }

  private static ObjectNode resource(ResourceKind kind) {
    ObjectNode tree = Json.object();
    tree.put("name", kind.plural());
    tree.put("singularName", kind.singular());
    tree.put("namespaced", kind.namespaced());
    tree.put("kind", kind.kind());
    ArrayNode verbs = tree.putArray("verbs");
    kind.verbs().forEach(verbs::add);
    addAll(tree, "shortNames", kind.shortNames());
    addAll(tree, "categories", kind.categories());
    return tree;
  }

  private static ObjectNode subresource(ResourceKind kind, Subresource sub) {
    ObjectNode tree = Json.object();
    tree.put("name", kind.plural() + "/" + sub.name());
    tree.put("singularName", "");
    tree.put("namespaced", kind.namespaced());
    boolean foreign = !sub.group().equals(kind.group()) || !sub.version().equals(kind.version());
    if (foreign) {
      tree.put("group", sub.group());
      tree.put("version", sub.version());
    }
    tree.put("kind", sub.kind());
    ArrayNode verbs = tree.putArray("verbs");
    new TreeSet<>(sub.verbs()).forEach(verbs::add);
    return tree;
  }

  static void addAll(ObjectNode tree, String name, List<String> values) {
    if (values.isEmpty()) return;
    ArrayNode list = tree.putArray(name);
    values.forEach(list::add);
  }
}
