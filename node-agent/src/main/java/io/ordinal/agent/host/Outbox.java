package io.ordinal.agent.host;

import io.ordinal.agent.state.LifeName;
import io.ordinal.protocol.agent.LifeStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Statuses that the controllers have not noted yet: the latest of each life. */
final class Outbox {
  private final Duration first;
  private final Duration most;
  private final Map<LifeName, Waiting> waiting = new LinkedHashMap<>();

  private record Waiting(LifeStatus status, Duration pause, Instant dueAt) {}

  Outbox(Duration first, Duration most) {
    this.first = first;
    this.most = most;
  }

  /** To be sent now, and again until noted. */
  void put(LifeStatus status, Instant now) {
    waiting.put(nameOf(status), new Waiting(status, first, now.plus(first)));
  }

  void noted(LifeName life, long version) {
    Waiting entry = waiting.get(life);
    if (entry != null && entry.status().version() <= version) waiting.remove(life);
  }

  /** What is to be said again now. */
  List<LifeStatus> due(Instant now) {
    List<LifeStatus> due = new ArrayList<>();
    waiting.replaceAll(
        (life, entry) -> {
          if (entry.dueAt().isAfter(now)) return entry;
          due.add(entry.status());
          Duration doubled = entry.pause().multipliedBy(2);
          Duration pause = doubled.compareTo(most) < 0 ? doubled : most;
          return new Waiting(entry.status(), pause, now.plus(pause));
        });
    return due;
  }

  /** After a break everything is said again at once. */
  List<LifeStatus> all() {
    return waiting.values().stream().map(Waiting::status).toList();
  }

  static LifeName nameOf(LifeStatus status) {
    return new LifeName(status.replica(), status.incarnation());
  }
}
