package io.ordinal.controller.drill;

import io.ordinal.protocol.id.SetKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * An observed set.
 *
 * @param wanted how many replicas there are to be; negative when there is no such set
 * @param replicas one for every ordinal that is wanted
 */
record SetSight(SetKey key, int wanted, List<ReplicaSight> replicas) {
  SetSight {
    replicas = List.copyOf(replicas);
  }

  boolean missing() {
    return wanted < 0;
  }

  long ready() {
    return steady(Duration.ZERO, Instant.MAX);
  }

  long steady(Duration readyFor, Instant now) {
    return replicas.stream()
        .flatMap(each -> each.pod().stream())
        .filter(pod -> pod.steady(readyFor, now))
        .count();
  }

  boolean whole(Duration readyFor, Instant now) {
    return !missing() && steady(readyFor, now) == wanted;
  }
}
