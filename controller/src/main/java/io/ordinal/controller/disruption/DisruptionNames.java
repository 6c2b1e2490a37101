package io.ordinal.controller.disruption;

import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ResourceName;

/** The kinds that are looked at here. */
final class DisruptionNames {
  static final ResourceName PODS = new ResourceName("pods");
  static final ResourceName SETS = ResourceName.of("apps", "statefulsets");
  static final ResourceName BUDGETS = ResourceName.of("policy", "poddisruptionbudgets");
  private static final ResourceName NODES = new ResourceName("nodes");

  private DisruptionNames() {}

  static ObjectKey node(String name) {
    return new ObjectKey(NODES, "", name);
  }
}
