package io.ordinal.controller.document.drill;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** How a drill ended. */
public enum DrillVerdict {
  /** Everything came back, and nothing ran twice. */
  @JsonProperty("Passed")
  PASSED,
  /** Something did not come back in time, ran twice, or lost its volume. */
  @JsonProperty("Failed")
  FAILED,
  /** Nothing was injected, because it would have been harm rather than a rehearsal. */
  @JsonProperty("Refused")
  REFUSED,
  /** Nothing was injected, because only a forecast was asked for: the drill could begin. */
  @JsonProperty("Feasible")
  FEASIBLE,
  /** Somebody ended it; the fault was taken back. */
  @JsonProperty("Aborted")
  ABORTED;

  /** The word in the document. */
  public String word() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }
}
