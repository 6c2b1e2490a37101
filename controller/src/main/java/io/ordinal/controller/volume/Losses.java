package io.ordinal.controller.volume;

import io.ordinal.controller.document.ApiObject;

/** Tells whose volume is given up. */
@FunctionalInterface
public interface Losses {
  Losses NONE = (claim, volume) -> false;

  /** Whether the claim gets an empty volume in place of this one, whose node is lost. */
  boolean givesUp(ApiObject claim, ApiObject volume);
}
