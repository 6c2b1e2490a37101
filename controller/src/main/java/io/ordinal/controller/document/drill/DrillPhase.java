package io.ordinal.controller.document.drill;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/**
 * checking -> injecting -> observing -> reverting -> recovering -> done; checking may go to done
 * directly, and from injecting on every way leads through reverting.
 */
public enum DrillPhase {
  /** Waits until what is observed has been steady for long enough. */
  @JsonProperty("Checking")
  CHECKING,
  /** The fault is on its way. */
  @JsonProperty("Injecting")
  INJECTING,
  /** The fault lasts. */
  @JsonProperty("Observing")
  OBSERVING,
  /** The fault is being taken back. */
  @JsonProperty("Reverting")
  REVERTING,
  /** Waits until everything is steady again. */
  @JsonProperty("Recovering")
  RECOVERING,
  /** The verdict stands. */
  @JsonProperty("Done")
  DONE,
  /** Makes other drills by its schedule. */
  @JsonProperty("Scheduled")
  SCHEDULED,
  /** Would make other drills, but is told not to. */
  @JsonProperty("Suspended")
  SUSPENDED;

  /** The word in the document. */
  public String word() {
    return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
  }

  /** Whether a fault may be at work. */
  public boolean faulty() {
    return switch (this) {
      case INJECTING, OBSERVING, REVERTING -> true;
      case CHECKING, RECOVERING, DONE, SCHEDULED, SUSPENDED -> false;
    };
  }

  /** Whether another drill has to wait for this one. */
  public boolean busy() {
    return faulty() || this == RECOVERING;
  }
}
