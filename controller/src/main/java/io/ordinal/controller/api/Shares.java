package io.ordinal.controller.api;

import java.util.HashMap;
import java.util.Map;

/**
 * So many places, of which one user has at most three quarters and never all, unless there is only
 * one. Not thread safe.
 */
final class Shares {
  private static final int PARTS = 4;

  private final int whole;
  private final Map<String, Integer> ofUsers = new HashMap<>();
  private int taken;

  Shares(int whole) {
    this.whole = whole;
  }

  /** What one user may have of so many. */
  static int part(int whole) {
    int others = Math.max(1, whole / PARTS);
    return Math.max(1, whole - others);
  }

  boolean isFull() {
    return taken >= whole;
  }

  /** Whether there is a place that this user may have. */
  boolean isFree(String user) {
    return !isFull() && ofUsers.getOrDefault(user, 0) < part(whole);
  }

  void take(String user) {
    taken++;
    ofUsers.merge(user, 1, Integer::sum);
  }

  void give(String user) {
    taken--;
    ofUsers.computeIfPresent(user, (name, count) -> count == 1 ? null : count - 1);
  }
}
