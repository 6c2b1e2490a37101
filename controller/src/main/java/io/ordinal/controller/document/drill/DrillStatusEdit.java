package io.ordinal.controller.document.drill;

import io.ordinal.controller.document.drill.DrillStatus.Moment;
import io.ordinal.controller.document.drill.DrillStatus.ReplicaStatus;
import io.ordinal.controller.document.drill.DrillStatus.Requests;
import io.ordinal.controller.document.drill.DrillStatus.Service;
import io.ordinal.controller.document.drill.DrillStatus.TargetStatus;
import io.ordinal.controller.document.drill.DrillStatus.Times;
import java.time.Instant;
import java.util.List;

/** A status in the making. Not to be kept. */
public final class DrillStatusEdit {
  private DrillPhase phase;
  private DrillVerdict verdict;
  private String message;
  private List<String> reasons;
  private List<String> warnings;
  private Instant startedAt;
  private Instant injectedAt;
  private Instant observedAt;
  private Instant revertingAt;
  private Instant revertedAt;
  private Instant finishedAt;
  private List<TargetStatus> targets;
  private List<ReplicaStatus> replicas;
  private Times times;
  private Requests requests;
  private Service service;
  private List<Moment> timeline;
  private Instant lastScheduleTime;
  private List<String> active;

  DrillStatusEdit() {}

  DrillStatusEdit(DrillStatus from) {
    phase = from.phase();
    verdict = from.verdict();
    message = from.message();
    reasons = from.reasons();
    warnings = from.warnings();
    startedAt = from.startedAt();
    injectedAt = from.injectedAt();
    observedAt = from.observedAt();
    revertingAt = from.revertingAt();
    revertedAt = from.revertedAt();
    finishedAt = from.finishedAt();
    targets = from.targets();
    replicas = from.replicas();
    times = from.times();
    requests = from.requests();
    service = from.service();
    timeline = from.timeline();
    lastScheduleTime = from.lastScheduleTime();
    active = from.active();
  }

  public DrillStatusEdit phase(DrillPhase value) {
    phase = value;
    return this;
  }

  public DrillStatusEdit verdict(DrillVerdict value) {
    verdict = value;
    return this;
  }

  public DrillStatusEdit message(String value) {
    message = value;
    return this;
  }

  public DrillStatusEdit reasons(List<String> value) {
    reasons = value;
    return this;
  }

  public DrillStatusEdit warnings(List<String> value) {
    warnings = value;
    return this;
  }

  public DrillStatusEdit startedAt(Instant value) {
    startedAt = value;
    return this;
  }

  public DrillStatusEdit injectedAt(Instant value) {
    injectedAt = value;
    return this;
  }

  public DrillStatusEdit observedAt(Instant value) {
    observedAt = value;
    return this;
  }

  public DrillStatusEdit revertingAt(Instant value) {
    revertingAt = value;
    return this;
  }

  public DrillStatusEdit revertedAt(Instant value) {
    revertedAt = value;
    return this;
  }

  public DrillStatusEdit finishedAt(Instant value) {
    finishedAt = value;
    return this;
  }

  public DrillStatusEdit targets(List<TargetStatus> value) {
    targets = value;
    return this;
  }

  public DrillStatusEdit replicas(List<ReplicaStatus> value) {
    replicas = value;
    return this;
  }

  public DrillStatusEdit times(Times value) {
    times = value;
    return this;
  }

  public DrillStatusEdit requests(Requests value) {
    requests = value;
    return this;
  }

  public DrillStatusEdit service(Service value) {
    service = value;
    return this;
  }

  public DrillStatusEdit timeline(List<Moment> value) {
    timeline = value;
    return this;
  }

  public DrillStatusEdit lastScheduleTime(Instant value) {
    lastScheduleTime = value;
    return this;
  }

  public DrillStatusEdit active(List<String> value) {
    active = value;
    return this;
  }

  /** The status as it stands now. */
  public DrillStatus done() {
    return new DrillStatus(
        phase,
        verdict,
        message,
        reasons,
        warnings,
        startedAt,
        injectedAt,
        observedAt,
        revertingAt,
        revertedAt,
        finishedAt,
        targets,
        replicas,
        times,
        requests,
        service,
        timeline,
        lastScheduleTime,
        active);
  }
}
