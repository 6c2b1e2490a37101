package io.ordinal.controller.drill;

import io.ordinal.controller.document.drill.DrillStatus.TargetStatus;
import io.ordinal.protocol.agent.FrontDoorRequest.Injected;

/** waiting -> injected -> reverted; refused and silent are final. */
enum SpotState {
  WAITING("Waiting"),
  INJECTED("Injected"),
  REVERTED("Reverted"),
  /** It will not or cannot do the fault. */
  REFUSED("Refused"),
  /** It never said that the fault is over; by then it was, by its own clock. */
  SILENT("Silent");

  private final String word;

  SpotState(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  static SpotState of(TargetStatus target) {
    for (SpotState state : values()) {
      if (state.word.equals(target.state())) return state;
    }
    return WAITING;
  }

  static SpotState of(Injected.State state) {
    return switch (state) {
      case ACCEPTED, ACTIVE -> INJECTED;
      case REVERTED -> REVERTED;
      case REFUSED, FAILED -> REFUSED;
    };
  }

  /**
   * Whether a report of the other state is news; whoever fell silent may still say that all is
   * over.
   */
  boolean precedes(SpotState other) {
    return switch (this) {
      case WAITING -> other != WAITING;
      case INJECTED, SILENT -> other.over() && other != SILENT;
      case REVERTED, REFUSED -> false;
    };
  }

  /** Whether no fault is at work there any more. */
  boolean over() {
    return switch (this) {
      case WAITING, INJECTED -> false;
      case REVERTED, REFUSED, SILENT -> true;
    };
  }
}
