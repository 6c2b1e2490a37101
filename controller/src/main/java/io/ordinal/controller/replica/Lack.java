package io.ordinal.controller.replica;

/**
 * Something without which a life cannot be begun.
 *
 * @param list of the pod's spec that the one who needs it stands in: volumes, initContainers or
 *     containers
 * @param name of the volume or container
 * @param text for people, in the words of a kubelet: {@code configmap "x" not found}
 */
record Lack(String list, String name, String text) {
  private static final String VOLUMES = "volumes";

  static Lack ofVolume(String name, String text) {
    return new Lack(VOLUMES, name, text);
  }

  boolean ofVolume() {
    return list.equals(VOLUMES);
  }

  /** As events name it. */
  String reason() {
    return ofVolume() ? "FailedMount" : "Failed";
  }

  /** As events tell it. */
  String message() {
    return ofVolume()
        ? "MountVolume.SetUp failed for volume \"%s\" : %s".formatted(name, text)
        : "Error: " + text;
  }

  /** The container that it is about; empty for the pod. */
  String fieldPath() {
    return ofVolume() ? "" : "spec.%s{%s}".formatted(list, name);
  }
}
