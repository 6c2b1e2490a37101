package io.ordinal.controller.api.access;

import io.ordinal.controller.document.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A rule of a role: these verbs on these resources, or on these paths. Pure.
 *
 * @param names empty for any
 * @param paths of what is no resource
 */
record PolicyRule(
    Set<String> verbs,
    Set<String> groups,
    Set<String> resources,
    Set<String> names,
    Set<String> paths) {
  static final PolicyRule EVERY_RESOURCE =
      new PolicyRule(Set.of("*"), Set.of("*"), Set.of("*"), Set.of(), Set.of());
  static final PolicyRule EVERY_PATH =
      new PolicyRule(Set.of("*"), Set.of(), Set.of(), Set.of(), Set.of("*"));
  private static final String ANY = "*";

  /**
   * A rule of more is held by whoever has one rule that covers it; whether several do together is
   * not found out.
   */
  private static final double MOST_COMBINATIONS = 10_000;

  /** The rules of a role's document. */
  static List<PolicyRule> of(JsonNode rules) {
    List<PolicyRule> found = new ArrayList<>();
    for (JsonNode each : rules) {
      found.add(
          new PolicyRule(
              strings(each.path("verbs")),
              strings(each.path("apiGroups")),
              strings(each.path("resources")),
              strings(each.path("resourceNames")),
              strings(each.path("nonResourceURLs"))));
    }
    return found;
  }

  private static Set<String> strings(JsonNode list) {
    Set<String> found = new LinkedHashSet<>();
    list.forEach(each -> found.add(each.asString("")));
    return found;
  }

  boolean allows(Action action) {
    if (!verbs.contains(ANY) && !verbs.contains(action.verb())) return false;
    return action.match(
        new Action.Cases<>() {
          @Override
          public Boolean onResource(Action.OnResource wanted) {
            return allowsResource(wanted);
          }

          @Override
          public Boolean onPath(Action.OnPath wanted) {
            return paths.stream().anyMatch(each -> isBelow(wanted.path(), each));
          }
        });
  }

  private boolean allowsResource(Action.OnResource wanted) {
    return (groups.contains(ANY) || groups.contains(wanted.group()))
        && namesResource(wanted.whole())
        && (names.isEmpty() || names.contains(wanted.name()));
  }

  private boolean namesResource(String whole) {
    if (resources.contains(ANY) || resources.contains(whole)) return true;
    int slash = whole.indexOf('/');
    return slash >= 0 && resources.contains(ANY + whole.substring(slash));
  }

  private static boolean isBelow(String path, String pattern) {
    if (pattern.equals(ANY) || pattern.equals(path)) return true;
    return pattern.endsWith(ANY) && path.startsWith(pattern.substring(0, pattern.length() - 1));
  }

  /** Whether everything that this rule allows is allowed by these. */
  boolean isCoveredBy(List<PolicyRule> held) {
    if (held.stream().anyMatch(each -> each.coversAll(this))) return true;
    if (combinations() > MOST_COMBINATIONS) return false;
    return atoms().stream().allMatch(atom -> held.stream().anyMatch(each -> each.covers(atom)));
  }

  /** So many single permissions it consists of. */
  private double combinations() {
    double each = (double) groups.size() * resources.size() * Math.max(1, names.size());
    return verbs.size() * (each + paths.size());
  }

  private List<PolicyRule> atoms() {
    Set<String> anyName = names.isEmpty() ? Set.of("") : names;
    List<PolicyRule> found = new ArrayList<>();
    for (String verb : verbs) {
      for (String path : paths) found.add(atom(verb, "", "", "", path));
      groups.forEach(
          group ->
              resources.forEach(
                  resource ->
                      anyName.forEach(name -> found.add(atom(verb, group, resource, name, "")))));
    }
    return found;
  }

  private static PolicyRule atom(
      String verb, String group, String resource, String name, String path) {
    boolean onPath = !path.isEmpty();
    return new PolicyRule(
        Set.of(verb),
        onPath ? Set.of() : Set.of(group),
        onPath ? Set.of() : Set.of(resource),
        name.isEmpty() ? Set.of() : Set.of(name),
        onPath ? Set.of(path) : Set.of());
  }

  /** Whether it alone allows everything that the other rule does. */
  private boolean coversAll(PolicyRule other) {
    if (!verbs.contains(ANY) && !verbs.containsAll(other.verbs)) return false;
    for (String path : other.paths) {
      if (paths.stream().noneMatch(each -> isBelow(path, each))) return false;
    }
    if (other.groups.isEmpty() || other.resources.isEmpty()) return true;
    boolean named = names.isEmpty() || (!other.names.isEmpty() && names.containsAll(other.names));
    return named
        && (groups.contains(ANY) || groups.containsAll(other.groups))
        && other.resources.stream().allMatch(this::namesResource);
  }

  private boolean covers(PolicyRule atom) {
    if (!verbs.contains(ANY) && !verbs.containsAll(atom.verbs)) return false;
    if (!atom.paths.isEmpty()) {
      return atom.paths.stream().allMatch(path -> paths.stream().anyMatch(e -> isBelow(path, e)));
    }
    boolean named = names.isEmpty() || (!atom.names.isEmpty() && names.containsAll(atom.names));
    return named
        && (groups.contains(ANY) || groups.containsAll(atom.groups))
        && atom.resources.stream().allMatch(this::namesResource);
  }

  ObjectNode tree() {
    ObjectNode tree = Json.object();
    put(tree, "verbs", verbs);
    put(tree, "apiGroups", groups);
    put(tree, "resources", resources);
    put(tree, "resourceNames", names);
    put(tree, "nonResourceURLs", paths);
    return tree;
  }

  private static void put(ObjectNode tree, String name, Set<String> values) {
    if (values.isEmpty()) return;
    var list = tree.putArray(name);
    values.forEach(list::add);
  }

  /** As Kubernetes shows a rule that was not granted. */
  String shown() {
    List<String> parts = new ArrayList<>();
    show(parts, "NonResourceURLs", paths);
    show(parts, "APIGroups", groups);
    show(parts, "Resources", resources);
    show(parts, "ResourceNames", names);
    show(parts, "Verbs", verbs);
    return "{" + String.join(", ", parts) + "}";
  }

  private static void show(List<String> parts, String name, Set<String> values) {
    if (values.isEmpty()) return;
    parts.add(
        values.stream()
            .map(each -> '"' + each + '"')
            .collect(Collectors.joining(" ", name + ":[", "]")));
  }
}
