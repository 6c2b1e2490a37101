package io.ordinal.controller.replica;

import io.ordinal.protocol.id.Incarnation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When people are told again what a life lacks: each time after twice as long, as a kubelet does.
 * Not thread safe; no clock.
 */
final class Complaints {
  // As in Kubernetes.
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration MOST = Duration.ofSeconds(122);

  private record Said(Duration pause, Instant again) {}

  private final Map<Lack, Said> said = new HashMap<>();
  private Incarnation life = Incarnation.NONE;

  /** What is to be told now; it is taken for told. */
  List<Lack> due(Incarnation of, List<Lack> lacks, Instant now) {
    if (!of.equals(life)) said.clear();
    life = of;
    said.keySet().retainAll(lacks);
    List<Lack> due = new ArrayList<>();
    for (Lack each : lacks) {
      Said before = said.get(each);
      if (before != null && before.again().isAfter(now)) continue;
      due.add(each);
      Duration pause = before == null ? FIRST : before.pause().multipliedBy(2);
      if (pause.compareTo(MOST) > 0) pause = MOST;
      said.put(each, new Said(pause, now.plus(pause)));
    }
    return due;
  }
}
