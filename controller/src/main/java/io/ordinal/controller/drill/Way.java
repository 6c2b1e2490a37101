package io.ordinal.controller.drill;

import java.util.Locale;

/** What is done to the target. */
enum Way {
  /** A planned stop. */
  GRACEFUL,
  KILL,
  FREEZE,
  /** From the network. */
  CUT_OFF;

  static Way parse(String word) {
    return switch (word) {
      case "Graceful" -> GRACEFUL;
      case "Kill" -> KILL;
      case "Freeze" -> FREEZE;
      case "CutOff" -> CUT_OFF;
      default -> throw new IllegalArgumentException("no way of a drill: " + word);
    };
  }

  /** For people: what the target is. */
  String told() {
    return switch (this) {
      case GRACEFUL -> "stopped";
      case KILL -> "killed";
      case FREEZE -> "frozen";
      case CUT_OFF -> "cut off";
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
