package io.ordinal.controller.drill;

import java.util.Map;

/**
 * The controllers that vote in the store, by name, and whether each can be reached now.
 *
 * @param reachable by name of the member
 */
public record Council(Map<String, Boolean> reachable) {
  public Council {
    reachable = Map.copyOf(reachable);
  }

  int majority() {
    return reachable.size() / 2 + 1;
  }

  long alive() {
    return reachable.values().stream().filter(each -> each).count();
  }
}
