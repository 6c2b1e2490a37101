package io.ordinal.controller.garbage;

import io.ordinal.controller.store.ResourceName;

/**
 * A kind that takes part in garbage collection. Owners of other kinds are never taken for gone.
 *
 * @param kind such as StatefulSet, as it stands in owner references
 * @param hasGeneration whether metadata.generation rises when deletion is asked for
 */
public record Collected(
    ResourceName resource, String kind, boolean namespaced, boolean hasGeneration) {
  /** Empty for core kinds. */
  String group() {
    int dot = resource.value().indexOf('.');
    return dot < 0 ? "" : resource.value().substring(dot + 1);
  }
}
