package io.ordinal.controller.api.discovery;

import io.ordinal.controller.api.kind.KindRegistry;
import io.ordinal.controller.document.Json;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** What {@code /} answers: the paths below which something is served. Pure. */
final class RootPaths {
  private static final List<String> FIXED =
      List.of(
          "/api",
          "/apis",
          "/healthz",
          "/livez",
          "/metrics",
          "/openapi/v2",
          "/openapi/v3",
          "/readyz",
          "/version");

  private RootPaths() {}

  static ObjectNode of(KindRegistry kinds) {
    Set<String> paths = new TreeSet<>(FIXED);
    kinds.byGroup().forEach((group, versions) -> addGroup(paths, group, versions.keySet()));
    ObjectNode tree = Json.object();
    paths.forEach(tree.putArray("paths")::add);
    return tree;
  }

  private static void addGroup(Set<String> paths, String group, Set<String> versions) {
    String root = group.isEmpty() ? "/api" : "/apis/" + group;
    paths.add(root);
    versions.forEach(version -> paths.add(root + "/" + version));
  }
}
