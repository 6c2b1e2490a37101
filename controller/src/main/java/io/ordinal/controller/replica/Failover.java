package io.ordinal.controller.replica;

import io.ordinal.controller.document.ApiObject;

/**
 * Whether a life is fenced, so that it may be begun elsewhere without its node's consent, or kept.
 * Pure.
 */
final class Failover {
  static final String ANNOTATION = "ordinal.io/failover";

  private Failover() {}

  /**
   * @param spare more than one controller and more than one node could go on
   * @param local some volume is on one node only
   */
  static boolean fenced(ApiObject pod, boolean spare, boolean local) {
    return switch (pod.annotations().getOrDefault(ANNOTATION, "")) {
      case "automatic" -> true;
      case "manual" -> false;
      default -> spare && !local;
    };
  }
}
