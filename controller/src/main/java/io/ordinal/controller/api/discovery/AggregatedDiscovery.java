package io.ordinal.controller.api.discovery;

import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.api.kind.ResourceKind;
import io.ordinal.controller.api.kind.ResourceKind.Subresource;
import io.ordinal.controller.document.Json;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Discovery of everything in two documents, as newer clients ask for it. */
final class AggregatedDiscovery {
  private AggregatedDiscovery() {}

  /**
   * @param core the core group alone, or all others
   * @param version of the discovery format, v2 or v2beta1
   */
  static ObjectNode groups(KindRegistry kinds, boolean core, String version) {
    ObjectNode list = Json.object();
    list.put("kind", "APIGroupDiscoveryList");
    list.put("apiVersion", "apidiscovery.k8s.io/" + version);
    list.putObject("metadata");
    ArrayNode items = list.putArray("items");
    kinds
        .byGroup()
        .forEach(
            (group, versions) -> {
              if (group.isEmpty() != core) return;
              ObjectNode item = items.addObject();
              ObjectNode metadata = item.putObject("metadata");
              if (!core) metadata.put("name", group);
              metadata.putNull("creationTimestamp");
              ArrayNode served = item.putArray("versions");
              versions.forEach((name, members) -> served.add(version(name, members)));
            });
    return list;
  }

  private static ObjectNode version(String name, List<ResourceKind> kinds) {
    ObjectNode tree = Json.object();
    tree.put("version", name);
    ArrayNode resources = tree.putArray("resources");
    kinds.forEach(each -> resources.add(resource(each)));
    tree.put("freshness", "Current");
    return tree;
  }

  private static ObjectNode resource(ResourceKind kind) {
    ObjectNode tree = Json.object();
    tree.put("resource", kind.plural());
    tree.set("responseKind", gvk(kind.group(), kind.version(), kind.kind()));
    tree.put("scope", kind.namespaced() ? "Namespaced" : "Cluster");
    tree.put("singularResource", kind.singular());
    LegacyDiscovery.addAll(tree, "verbs", kind.verbs());
    LegacyDiscovery.addAll(tree, "shortNames", kind.shortNames());
    LegacyDiscovery.addAll(tree, "categories", kind.categories());
    if (kind.subresources().isEmpty()) return tree;
    ArrayNode subresources = tree.putArray("subresources");
    for (Subresource each : kind.subresources()) {
      ObjectNode entry = subresources.addObject();
      entry.put("subresource", each.name());
      entry.set("responseKind", gvk(each.group(), each.version(), each.kind()));
      LegacyDiscovery.addAll(entry, "verbs", List.copyOf(new TreeSet<>(each.verbs())));
    }
    return tree;
  }

  private static ObjectNode gvk(String group, String version, String kind) {
    ObjectNode tree = Json.object();
    tree.put("group", group);
    tree.put("version", version);
    tree.put("kind", kind);
    return tree;
  }
}
