package io.ordinal.controller.replica;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.replica.ReplicaState.Ended;
import io.ordinal.controller.replica.ReplicaState.Living;
import io.ordinal.controller.replica.ReplicaState.Pending;
import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.controller.replica.ReplicaState.Releasing;
import io.ordinal.controller.replica.ReplicaState.Vacant;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What deleting a pod means in each state of its replica. Pure. */
final class Deletion {
  private Deletion() {}

  /**
   * The state after somebody asked for deletion.
   *
   * @param grace empty for the pod's own
   */
  static ReplicaState asked(Living state, Optional<Duration> grace, Instant now) {
    return state.match(
        new ReplicaState.Cases<>() {
          @Override
          public ReplicaState vacant(Vacant vacant) {
            return vacant;
          }

          @Override
          public ReplicaState pending(Pending pending) {
            return settled(pending.withdraw(marked(pending.life().pod(), now, Duration.ZERO)));
          }

          @Override
          public ReplicaState placed(Placed placed) {
            PodDocument pod = placed.life().pod();
            Duration polite = grace.orElseGet(() -> graceOf(pod));
            Instant stopBy = now.plus(polite);
            return placed.release(stopBy, marked(pod, stopBy, polite));
          }

          @Override
          public ReplicaState releasing(Releasing releasing) {
            return shortened(releasing, grace, now);
          }

          @Override
          public ReplicaState ended(Ended ended) {
            PodDocument pod = ended.life().pod();
            if (pod.object().deletionTimestamp().isPresent()) return settled(ended);
            return settled(ended.with(ended.life().with(marked(pod, now, Duration.ZERO))));
          }
        });
  }

  private static ReplicaState shortened(
      Releasing releasing, Optional<Duration> grace, Instant now) {
    PodDocument pod = releasing.life().pod();
    Duration polite = grace.orElseGet(() -> graceOf(pod));
    Instant asked = now.plus(polite);
    boolean sooner = asked.isBefore(releasing.stopBy());
    boolean first = pod.object().deletionTimestamp().isEmpty();
    if (!sooner && !first) return releasing;
    Instant stopBy = sooner ? asked : releasing.stopBy();
    return releasing.hasten(stopBy, marked(pod, stopBy, polite));
  }

  /** An ended pod whose deletion was asked for goes as soon as no finalizer holds it. */
  static ReplicaState settled(Ended ended) {
    ApiObject pod = ended.life().pod().object();
    boolean goes = pod.deletionTimestamp().isPresent() && pod.finalizers().isEmpty();
    return goes ? ended.vacate() : ended;
  }

  /** The pod with its deletion asked for; for pods the timestamp is the end of the grace. */
  static PodDocument marked(PodDocument pod, Instant stopBy, Duration grace) {
    return pod.changed(
        tree -> {
          ObjectNode metadata = tree.withObjectProperty("metadata");
          metadata.put("deletionTimestamp", PodConditions.time(stopBy));
          metadata.put("deletionGracePeriodSeconds", grace.toSeconds());
        });
  }

  static Duration graceOf(PodDocument pod) {
    return Duration.ofSeconds(
        Math.max(0, pod.object().spec().path("terminationGracePeriodSeconds").asLong(30)));
  }
}
