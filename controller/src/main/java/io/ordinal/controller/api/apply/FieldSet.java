package io.ordinal.controller.api.apply;

import io.ordinal.controller.document.Json;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A set of paths to fields, as a tree of steps.
 *
 * @param member whether the path that ends here is in the set
 * @param children what is in the set below, by {@link PathElement}; none of them is empty
 */
record FieldSet(boolean member, SortedMap<String, FieldSet> children) {
  static final FieldSet EMPTY = new FieldSet(false, Collections.emptySortedMap());
  static final FieldSet LEAF = new FieldSet(true, Collections.emptySortedMap());

  static FieldSet of(boolean member, SortedMap<String, FieldSet> children) {
    if (children.isEmpty()) return member ? LEAF : EMPTY;
    return new FieldSet(member, children);
  }

  boolean isEmpty() {
    return !member && children.isEmpty();
  }

  FieldSet child(String element) {
    return children.getOrDefault(element, EMPTY);
  }

  FieldSet with(String element, FieldSet set) {
    SortedMap<String, FieldSet> all = new TreeMap<>(children);
    all.put(element, set);
    return of(member, all);
  }

  FieldSet asMember(boolean wanted) {
    return wanted == member ? this : of(wanted, children);
  }

  FieldSet union(FieldSet other) {
    if (isEmpty()) return other;
    if (other.isEmpty()) return this;
    SortedMap<String, FieldSet> all = new TreeMap<>(children);
    other.children.forEach((element, set) -> all.merge(element, set, FieldSet::union));
    return of(member || other.member, all);
  }

  /** All that is in any of them. */
  static FieldSet union(Collection<FieldSet> sets) {
    boolean member = false;
    SortedMap<String, List<FieldSet>> found = new TreeMap<>();
    for (FieldSet each : sets) {
      member |= each.member;
      each.children.forEach(
          (element, set) -> found.computeIfAbsent(element, none -> new ArrayList<>(1)).add(set));
    }
    SortedMap<String, FieldSet> all = new TreeMap<>();
    found.forEach(
        (element, those) ->
            all.put(element, those.size() == 1 ? those.get(0) : FieldSet.union(those)));
    return of(member, all);
  }

  /** The paths that are not in the other set; what is below a path of it stays. */
  FieldSet difference(FieldSet other) {
    if (isEmpty() || other.isEmpty()) return this;
    SortedMap<String, FieldSet> left = new TreeMap<>();
    children.forEach((element, set) -> keep(left, element, set.difference(other.child(element))));
    return of(member && !other.member, left);
  }

  FieldSet intersection(FieldSet other) {
    if (isEmpty() || other.isEmpty()) return EMPTY;
    SortedMap<String, FieldSet> common = new TreeMap<>();
    children.forEach(
        (element, set) -> keep(common, element, set.intersection(other.child(element))));
    return of(member && other.member, common);
  }

  /** Without a child and all that is below it. */
  FieldSet without(String element) {
    if (!children.containsKey(element)) return this;
    SortedMap<String, FieldSet> left = new TreeMap<>(children);
    left.remove(element);
    return of(member, left);
  }

  /** With the fields that types declare on the way to what is in the set. */
  FieldSet withDeclared(Mode mode) {
    SortedMap<String, FieldSet> all = new TreeMap<>();
    children.forEach(
        (element, set) -> {
          boolean field = PathElement.isField(element);
          String name = field ? PathElement.fieldName(element) : "";
          FieldSet below = set.withDeclared(field ? mode.field(name) : mode.element());
          all.put(element, field && mode.declares(name) ? below.asMember(true) : below);
        });
    return of(member, all);
  }

  /** Tells every path. */
  void forEach(Consumer<FieldPath> visitor) {
    forEach(FieldPath.TOP, visitor);
  }

  private void forEach(FieldPath path, Consumer<FieldPath> visitor) {
    if (member) visitor.accept(path);
    children.forEach(
        (element, set) -> set.forEach(path.below(PathElement.shown(element)), visitor));
  }

  /** As {@code fieldsV1} has it. */
  ObjectNode json() {
    ObjectNode node = Json.object();
    if (member && !children.isEmpty()) node.putObject(".");
    children.forEach((element, set) -> node.set(element, set.json()));
    return node;
  }

  /** Nothing when the text is not of this form. */
  static Optional<FieldSet> parse(JsonNode fields) {
    if (!(fields instanceof ObjectNode map)) return Optional.empty();
    return parse(map, map.has("."));
  }

  private static Optional<FieldSet> parse(ObjectNode map, boolean member) {
    SortedMap<String, FieldSet> children = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each : map.properties()) {
      String element = each.getKey();
      if (element.equals(".")) continue;
      if (!(each.getValue() instanceof ObjectNode below)) return Optional.empty();
      if (!PathElement.isValid(element)) return Optional.empty();
      Optional<FieldSet> child = parse(below, below.isEmpty() || below.has("."));
      if (child.isEmpty()) return child;
      keep(children, element, child.get());
    }
    return Optional.of(of(member, children));
  }

  static void keep(SortedMap<String, FieldSet> children, String element, FieldSet set) {
    if (!set.isEmpty()) children.put(element, set);
  }
}
