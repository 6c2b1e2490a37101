package io.ordinal.controller.event;

import io.ordinal.controller.event.EventNote.About;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Folds equal news into one event with a count, and holds back objects that have too much of it, as
 * client-go does. Remembers a bounded number of both, the most recent. Not thread safe; no clock,
 * no store.
 */
final class EventFolding {
  /** An event as it should stand. */
  record Folded(String name, EventNote note, Instant first, Instant last, int count) {
    Folded again(Instant now) {
      return new Folded(name, note, first, now, count + 1);
    }
  }

  private record Allowance(double left, Instant at) {}

  private final EventSettings settings;
  private final Map<EventNote, Folded> events;
  private final Map<About, Allowance> allowances;
  private long lastSuffix;

  EventFolding(EventSettings settings) {
    this.settings = settings;
    events = recent(settings.remembered());
    allowances = recent(settings.remembered());
  }

  /** The event to write, or nothing when its object has had too much news. */
  Optional<Folded> fold(EventNote note, Instant now) {
    if (!allowed(note.about(), now)) return Optional.empty();
    Folded before = events.get(note);
    boolean goesOn = before != null && before.last().plus(settings.keep()).isAfter(now);
    Folded folded = goesOn ? before.again(now) : new Folded(name(note, now), note, now, now, 1);
    events.put(note, folded);
    return Optional.of(folded);
  }

  private boolean allowed(About about, Instant now) {
    About object =
        new About(
            about.apiVersion(), about.kind(), about.namespace(), about.name(), about.uid(), "");
    Allowance before = allowances.getOrDefault(object, new Allowance(settings.burst(), now));
    double refilled =
        (double) Duration.between(before.at(), now).toNanos() / settings.refill().toNanos();
    double left = Math.min(settings.burst(), before.left() + Math.max(0, refilled));
    boolean allowed = left >= 1;
    allowances.put(object, new Allowance(allowed ? left - 1 : left, now));
    return allowed;
  }

  /**
   * {@code <object>.<hex>}, as in Kubernetes: the moment in nanoseconds, unique in this process.
   */
  private String name(EventNote note, Instant now) {
    long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    lastSuffix = Math.max(lastSuffix + 1, nanos);
    return note.about().name() + "." + Long.toHexString(lastSuffix);
  }

  private static <K, V> Map<K, V> recent(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
      }
    };
  }
}
