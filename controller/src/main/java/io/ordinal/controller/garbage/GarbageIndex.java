package io.ordinal.controller.garbage;

import io.ordinal.controller.garbage.Garbage.Standing;
import io.ordinal.controller.garbage.ObjectFacts.Owner;
import io.ordinal.controller.store.ObjectKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All objects of the kinds that take part, as of one revision of the store, with who depends on
 * whom. For one thread.
 */
final class GarbageIndex implements Garbage.Sight {
  private final Kinds kinds;
  private final Map<ObjectKey, ObjectFacts> objects = new HashMap<>();
  private final Map<String, ObjectKey> byUid = new HashMap<>();
  private final Map<String, Set<ObjectKey>> dependents = new HashMap<>();
  private final Map<String, Set<ObjectKey>> contents = new HashMap<>();

  GarbageIndex(Kinds kinds) {
    this.kinds = kinds;
  }

  Optional<ObjectFacts> get(ObjectKey key) {
    return Optional.ofNullable(objects.get(key));
  }

  Collection<ObjectKey> keys() {
    return List.copyOf(objects.keySet());
  }

  /** Takes the news in; answers whom it may concern. */
  Set<ObjectKey> put(ObjectFacts facts) {
    Set<ObjectKey> concerned = remove(facts.key());
    objects.put(facts.key(), facts);
    byUid.put(facts.uid(), facts.key());
    facts.owners().forEach(owner -> add(dependents, owner.uid(), facts.key()));
    if (!facts.key().namespace().isEmpty()) add(contents, facts.key().namespace(), facts.key());
    concerned.addAll(concernedBy(facts));
    return concerned;
  }

  /** Forgets an object; answers whom that may concern. */
  Set<ObjectKey> remove(ObjectKey key) {
    ObjectFacts facts = objects.remove(key);
    if (facts == null) return new LinkedHashSet<>();
    byUid.remove(facts.uid(), key);
    facts.owners().forEach(owner -> take(dependents, owner.uid(), key));
    take(contents, key.namespace(), key);
    return concernedBy(facts);
  }

  private Set<ObjectKey> concernedBy(ObjectFacts facts) {
    Set<ObjectKey> concerned = new LinkedHashSet<>();
    concerned.add(facts.key());
    concerned.addAll(dependents.getOrDefault(facts.uid(), Set.of()));
    for (Owner owner : facts.owners()) {
      if (byUid.containsKey(owner.uid())) concerned.add(byUid.get(owner.uid()));
    }
    String namespace = facts.key().namespace();
    if (facts.key().resource().equals(ObjectFacts.NAMESPACES) && facts.deleting()) {
      concerned.addAll(contents.getOrDefault(facts.key().name(), Set.of()));
    }
    if (!namespace.isEmpty() && ending(namespace)) concerned.add(namespaceKey(namespace));
    return concerned;
  }

  @Override
  public Standing standing(Owner owner) {
    if (!kinds.knows(owner)) return Standing.PRESENT;
    ObjectKey key = byUid.get(owner.uid());
    return key == null ? Standing.GONE : standing(objects.get(key));
  }

  static Standing standing(ObjectFacts owner) {
    if (owner.heldBy(ObjectFacts.ORPHAN)) return Standing.ORPHANING;
    if (owner.heldBy(ObjectFacts.FOREGROUND)) return Standing.WAITING;
    return Standing.PRESENT;
  }

  @Override
  public Collection<ObjectFacts> dependents(String uid) {
    return dependents.getOrDefault(uid, Set.of()).stream().map(objects::get).toList();
  }

  @Override
  public boolean ending(String namespace) {
    if (namespace.isEmpty()) return false;
    ObjectFacts facts = objects.get(namespaceKey(namespace));
    return facts != null && facts.deleting();
  }

  @Override
  public boolean isEmpty(String namespace) {
    return !contents.containsKey(namespace);
  }

  static ObjectKey namespaceKey(String namespace) {
    return new ObjectKey(ObjectFacts.NAMESPACES, "", namespace);
  }

  private static void add(Map<String, Set<ObjectKey>> map, String name, ObjectKey key) {
    map.computeIfAbsent(name, any -> new HashSet<>()).add(key);
  }

  private static void take(Map<String, Set<ObjectKey>> map, String name, ObjectKey key) {
    map.computeIfPresent(
        name,
        (any, keys) -> {
          keys.remove(key);
          return keys.isEmpty() ? null : keys;
        });
  }
}
