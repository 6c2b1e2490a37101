package io.ordinal.controller.api.read;

import java.util.ArrayList;
import java.util.List;

/** What an answer holds until it is over. Thread safe. */
final class Holding {
  private final List<Runnable> undoing = new ArrayList<>();
  private boolean over;

  /**
   * @param undone is run when it is over, once; now, if it is
   */
  synchronized void until(Runnable undone) {
    if (over) undone.run();
    else undoing.add(undone);
  }

  /** It is over; again does nothing. */
  synchronized void end() {
    over = true;
    undoing.forEach(Runnable::run);
    undoing.clear();
  }
}
