package io.ordinal.controller.drill;

import io.ordinal.controller.document.drill.DrillSpec;
import io.ordinal.controller.model.TimeSpan;
import io.ordinal.protocol.id.SetKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a drill asks for.
 *
 * @param sets to observe; none: all with a pod on the target
 * @param readyFor how long all must have been ready, before and after
 * @param dryRun only a forecast is asked for
 * @param timeout for the whole drill
 */
record DrillOrder(
    Target target,
    Way way,
    Duration duration,
    List<SetKey> sets,
    Duration readyFor,
    boolean allowDegraded,
    boolean allowStranded,
    boolean dryRun,
    Duration timeout,
    Optional<Question> question) {
  DrillOrder {
    sets = List.copyOf(sets);
  }

  /**
   * @throws IllegalArgumentException when the specification makes no sense
   */
  static DrillOrder of(DrillSpec spec) {
    return new DrillOrder(
        Target.of(spec.target()),
        Way.parse(spec.way()),
        TimeSpan.parse(spec.duration()),
        spec.sets() == null ? List.of() : spec.sets().stream().map(DrillOrder::set).toList(),
        TimeSpan.parse(spec.steadyState() == null ? "0s" : spec.steadyState().readyFor()),
        Boolean.TRUE.equals(spec.allowDegraded()),
        Boolean.TRUE.equals(spec.allowStranded()),
        Boolean.TRUE.equals(spec.dryRun()),
        TimeSpan.parse(spec.timeout()),
        Optional.ofNullable(spec.probe()).map(Question::of));
  }

  private static SetKey set(String text) {
    int slash = text.indexOf('/');
    return new SetKey(text.substring(0, slash), text.substring(slash + 1));
  }

  boolean onReplica() {
    return target instanceof Target.OnReplica;
  }

  /** Whether the fault is over as soon as it is done: nothing lasts, nothing is taken back. */
  boolean momentary() {
    return onReplica() && way != Way.FREEZE;
  }

  /** Whether the processes of pods on the target end with it. */
  boolean endsWorkloads() {
    return way == Way.KILL && !(target instanceof Target.OnController);
  }
}
