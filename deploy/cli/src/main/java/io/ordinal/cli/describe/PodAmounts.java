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
   * Of all containers together, or of the init container that asks for most, whichever is more.
   *
   * @param side requests or limits
   */
  static PodAmounts of(JsonNode pod, String side, String resource) {
    PodAmounts together = NOTHING;
    for (JsonNode each : pod.path("spec").path("containers")) {
      together = together.plus(one(each, side, resource));
    }
    for (JsonNode each : pod.path("spec").path("initContainers")) {
      PodAmounts first = one(each, side, resource);
      if (first.amount.compareTo(together.amount) > 0) together = first;
    }
    return together;
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
