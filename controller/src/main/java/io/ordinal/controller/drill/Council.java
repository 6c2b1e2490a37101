package io.ordinal.controller.drill;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The controllers that vote in the store, by name, and whether each can be reached now.
 *
 * @param reachable by name of the member
 * @param closed names of those whose settings forbid drills
 */
public record Council(Map<String, Boolean> reachable, Set<String> closed) {
  public Council {
    reachable = Map.copyOf(reachable);
    closed = Set.copyOf(closed);
  }

  int majority() {
    return reachable.size() / 2 + 1;
  }

  boolean has(String name) {
    return reachable.containsKey(name);
  }

  /** Names of those that cannot be reached. */
  List<String> absent() {
    return reachable.entrySet().stream()
        .filter(each -> !each.getValue())
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  long alive() {
    return reachable.values().stream().filter(each -> each).count();
  }
}
