package io.ordinal.controller.replica;

import io.ordinal.controller.node.Lives.OrderIncomplete;
import java.util.Optional;
import tools.jackson.core.JacksonException;

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

  /**
   * Why this cannot be ordered; empty when it can. An object that is not what it should be is such
   * a reason too, and hides nothing else of how its life stands. That the store fails is none.
   */
  static Optional<String> of(Runnable order) {
    try {
      order.run();
      return Optional.empty();
    } catch (OrderIncomplete lacking) {
      return Optional.of(lacking.getMessage());
    } catch (IllegalArgumentException | JacksonException unreadable) {
      return Optional.of("what it refers to cannot be read: " + unreadable.getMessage());
    }
  }

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
