package io.ordinal.controller.garbage;

import io.ordinal.controller.garbage.ObjectFacts.Owner;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ResourceName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The kinds that take part, by the ways in which they are named. */
final class Kinds {
  private final List<Collected> all;
  private final Map<String, Collected> byKind = new HashMap<>();
  private final Map<ResourceName, Collected> byResource = new HashMap<>();

  Kinds(List<Collected> all) {
    this.all = List.copyOf(all);
    for (Collected each : all) {
      byKind.put(each.kind() + "." + each.group(), each);
      byResource.put(each.resource(), each);
    }
  }

  List<ResourceName> resources() {
    return all.stream().map(Collected::resource).toList();
  }

  List<ResourceName> namespaced() {
    return all.stream().filter(Collected::namespaced).map(Collected::resource).toList();
  }

  Collected get(ResourceName resource) {
    return byResource.get(resource);
  }

  boolean knows(Owner owner) {
    return byKind.containsKey(owner.kind() + "." + owner.group());
  }

  /**
   * Where an owner would stand.
   *
   * @param namespace of the dependent
   */
  Optional<ObjectKey> find(Owner owner, String namespace) {
    return Optional.ofNullable(byKind.get(owner.kind() + "." + owner.group()))
        .map(
            kind ->
                new ObjectKey(kind.resource(), kind.namespaced() ? namespace : "", owner.name()));
  }
}
