package io.ordinal.cli.describe;

import io.ordinal.controller.document.Quantities;
import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/**
 * How much of something pods ask for.
 *
 * @param binary whether it was written in units of 1024
 */
record PodAmounts(BigDecimal amount, boolean binary) {
  static final PodAmounts NOTHING = new PodAmounts(BigDecimal.ZERO, false);

  /**
   * Of all that run together, sidecars among them, or of the init container that asks for most with
   * the sidecars that were started before it, whichever is more.
   *
   * @param side requests or limits
   */
  static PodAmounts of(JsonNode pod, String side, String resource) {
    PodAmounts together = NOTHING;
    for (JsonNode each : pod.path("spec").path("containers")) {
      together = together.plus(one(each, side, resource));
    }
    PodAmounts sidecars = NOTHING;
    PodAmounts most = NOTHING;
    for (JsonNode each : pod.path("spec").path("initContainers")) {
      PodAmounts with = sidecars.plus(one(each, side, resource));
      most = most.max(with);
      if (Texts.of(each.path("restartPolicy")).equals("Always")) sidecars = with;
    }
    return together.plus(sidecars).max(most);
  }

  private PodAmounts max(PodAmounts other) {
    return other.amount.compareTo(amount) > 0 ? other : this;
  }

  private static PodAmounts one(JsonNode container, String side, String resource) {
    JsonNode found = container.path("resources").path(side).path(resource);
    return new PodAmounts(
        Quantities.parse(found).orElse(BigDecimal.ZERO), Texts.of(found).endsWith("i"));
  }

  PodAmounts plus(PodAmounts other) {
    return new PodAmounts(amount.add(other.amount), binary || other.binary);
  }

  String text() {
    return Quantities.print(amount, binary);
  }
}
