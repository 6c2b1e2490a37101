package io.ordinal.controller.api;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers who was told to come back, so that whoever does has waited since the first time: they
 * would be refused again and again otherwise, while newcomers find the places that come free. What
 * it remembers is bounded; then the user of whom most is remembered is forgotten first, and of that
 * one the oldest. Not thread safe.
 */
final class Returning {
  /** Those who were told to come back after a second are late by then. */
  private static final long KEPT_NANOS = Duration.ofSeconds(20).toNanos();

  private static final int MOST = 4096;

  /** When it was first asked, and last refused. */
  private record Former(long since, long refused) {}

  /** What one user has asked. */
  private static final class Own {
    private final Map<Integer, Deque<Former>> formers = new LinkedHashMap<>();
    private int size;

    private void forget() {
      Iterator<Deque<Former>> first = formers.values().iterator();
      Deque<Former> alike = first.next();
      alike.poll();
      size--;
      if (alike.isEmpty()) first.remove();
    }
  }

  private final Map<String, Own> users = new HashMap<>();
  private int size;

  /** Since when this has been asked, which is now when it is asked for the first time. */
  long since(Asked asked, long now) {
    Own own = users.get(asked.user());
    if (own == null) return now;
    int likeness = asked.likeness().getAsInt();
    Deque<Former> alike = own.formers.get(likeness);
    if (alike == null) return now;
    long since = now;
    while (!alike.isEmpty()) {
      Former first = alike.poll();
      size--;
      own.size--;
      if (now - first.refused() > KEPT_NANOS) continue;
      since = first.since();
      break;
    }
    if (alike.isEmpty()) own.formers.remove(likeness);
    if (own.size == 0) users.remove(asked.user());
    return since;
  }

  void note(Asked asked, long since, long now) {
    if (size >= MOST) forget();
    Own own = users.computeIfAbsent(asked.user(), none -> new Own());
    own.formers
        .computeIfAbsent(asked.likeness().getAsInt(), none -> new ArrayDeque<>(1))
        .add(new Former(since, now));
    own.size++;
    size++;
  }

  private void forget() {
    Comparator<Map.Entry<String, Own>> bySize =
        Comparator.comparingInt(each -> each.getValue().size);
    Map.Entry<String, Own> most = users.entrySet().stream().max(bySize).orElseThrow();
    most.getValue().forget();
    size--;
    if (most.getValue().size == 0) users.remove(most.getKey());
  }

  int size() {
    return size;
  }
}
