package io.ordinal.controller.drill;

import io.ordinal.controller.document.drill.DrillPhase;
import io.ordinal.controller.document.drill.DrillStatus;
import io.ordinal.controller.document.drill.DrillStatus.ReplicaStatus;
import io.ordinal.controller.document.drill.DrillStatus.TargetStatus;
import io.ordinal.controller.document.drill.DrillStatusEdit;
import io.ordinal.controller.document.drill.DrillVerdict;
import io.ordinal.protocol.id.NodeName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides what comes next in a drill: a status that follows the present one, or the same. What has
 * to be sent follows from the status alone ({@link DrillFaults}), so that it is sent again by
 * whoever goes on with the drill. Pure.
 *
 * <p>Nothing is injected unless everything observed is steady, and from there on every way to the
 * verdict leads through reverting.
 */
final class DrillPlanner {
  private final DrillView view;

  private DrillPlanner(DrillView view) {
    this.view = view;
  }

  static DrillStatus next(DrillView view) {
    return new DrillPlanner(view).next();
  }

  private DrillStatus next() {
    DrillPhase phase = view.status().phase();
    if (phase == null) return begun();
    return switch (phase) {
      case CHECKING -> checking();
      case INJECTING -> injecting();
      case OBSERVING -> observing();
      case REVERTING -> reverting();
      case RECOVERING -> recovering();
      case DONE, SCHEDULED, SUSPENDED -> view.status();
    };
  }

  private DrillStatus begun() {
    return view.status()
        .edit()
        .phase(DrillPhase.CHECKING)
        .startedAt(view.now())
        .message("waiting for a steady state")
        .done();
  }

  private DrillStatus checking() {
    if (view.ending().isPresent()) {
      return done(view.status(), DrillVerdict.ABORTED, List.of(view.ending().get()));
    }
    DrillStatus foretold = foretold();
    List<String> refusals = Refusals.of(view.order(), view.scene(), view.settings().patience());
    if (!refusals.isEmpty()) return done(foretold, DrillVerdict.REFUSED, refusals);
    if (view.order().dryRun()) return done(foretold, DrillVerdict.FEASIBLE, List.of());
    if (view.order().allowDegraded() || view.steady()) {
      return foretold
          .edit()
          .phase(DrillPhase.INJECTING)
          .injectedAt(view.now())
          .message("the fault is on its way")
          .done();
    }
    if (view.passed(view.status().startedAt(), view.order().timeout())) {
      String why = "not everything was ready for " + view.order().readyFor().toMillis() + " ms";
      return done(foretold, DrillVerdict.REFUSED, List.of(why));
    }
    return view.status();
  }

  /** With what would be hit, and what is expected of every replica. */
  private DrillStatus foretold() {
    DrillScene scene = view.scene();
    Duration patience = view.settings().patience();
    List<ReplicaStatus> replicas = new ArrayList<>();
    for (ReplicaSight each : scene.replicas()) {
      Forecast forecast = Forecast.of(view.order(), each, scene, patience);
      replicas.add(
          new ReplicaStatus(
              each.id().toString(),
              each.set().toString(),
              forecast.word(),
              each.life().orElse(null),
              null,
              null,
              null,
              null,
              null,
              null,
              null));
    }
    List<String> warnings = Refusals.stranded(view.order(), scene, patience);
    return view.status()
        .edit()
        .targets(scene.spots().stream().map(Spot::waiting).toList())
        .replicas(replicas)
        .warnings(warnings.isEmpty() ? null : warnings)
        .done();
  }

  private DrillStatus injecting() {
    DrillStatus heard = heard();
    if (view.ending().isPresent()) return revert(heard, view.ending());
    List<String> refused = troubles(heard, SpotState.REFUSED);
    if (!refused.isEmpty()) return revert(heard, Optional.of(String.join("; ", refused)));
    if (heard.targets().stream().allMatch(this::hit)) {
      return stated(heard, SpotState.INJECTED, SpotState.WAITING, "is not heard of any more")
          .edit()
          .phase(DrillPhase.OBSERVING)
          .observedAt(view.now())
          .message("the target is " + view.order().way().told())
          .done();
    }
    if (view.passed(view.status().injectedAt(), view.settings().injectPatience())) {
      return revert(heard, Optional.of("no word that the fault was injected"));
    }
    return heard;
  }

  /** By its word, or because nobody hears of it any more: then it cannot say so. */
  private boolean hit(TargetStatus target) {
    return switch (SpotState.of(target)) {
      case INJECTED, REVERTED -> true;
      case REFUSED, SILENT -> false;
      case WAITING -> {
        boolean node = Spot.Kind.of(target) == Spot.Kind.NODE;
        boolean ready =
            target.node() == null || view.scene().heard().contains(new NodeName(target.node()));
        yield node && !ready;
      }
    };
  }

  private DrillStatus observing() {
    DrillStatus measured = DrillMeasures.taken(heard(), view.scene(), view.testimony());
    if (view.ending().isPresent()) return revert(measured, view.ending());
    boolean early = view.order().momentary() && recovered(measured);
    boolean over = !view.order().momentary() && allOver(measured);
    if (early || over || !view.planned().isAfter(view.now())) {
      return revert(measured, Optional.empty());
    }
    return measured;
  }

  private DrillStatus reverting() {
    DrillStatus measured = DrillMeasures.taken(heard(), view.scene(), view.testimony());
    boolean over = allOver(measured) || nothingToRevert(measured);
    Duration patience = view.settings().revertPatience();
    if (!over && !(view.passed(view.planned(), patience) && view.passed(since(), patience))) {
      return measured;
    }
    DrillStatus next = settled(measured).edit().revertedAt(view.now()).done();
    if (view.ending().isPresent()) {
      return done(next, DrillVerdict.ABORTED, reasons(next, view.ending().get()));
    }
    return next.edit()
        .phase(DrillPhase.RECOVERING)
        .message("waiting for a steady state again")
        .done();
  }

  private Instant since() {
    return view.status().revertingAt();
  }

  /** Momentary faults, and members that were killed: the fault is done and nothing of it lasts. */
  private boolean nothingToRevert(DrillStatus status) {
    boolean killed = view.order().way() == Way.KILL || view.order().way() == Way.GRACEFUL;
    boolean done =
        status.targets().stream().allMatch(each -> SpotState.of(each) != SpotState.WAITING);
    return (view.order().momentary() || killed)
        && (done || view.passed(since(), view.settings().revertPatience()));
  }

  private DrillStatus recovering() {
    DrillStatus measured = DrillMeasures.taken(heard(), view.scene(), view.testimony());
    if (view.ending().isPresent()) {
      return done(measured, DrillVerdict.ABORTED, reasons(measured, view.ending().get()));
    }
    if (steadyAgain(measured)) return judged(measured);
    if (!view.passed(view.status().startedAt(), view.order().timeout())) return measured;
    List<String> missing =
        view.scene().sets().stream()
            .filter(set -> !set.whole(view.order().readyFor(), view.now()))
            .map(
                set ->
                    "set %s did not recover within %d s: %d of %d replicas are ready"
                        .formatted(
                            set.key(),
                            view.order().timeout().toSeconds(),
                            set.ready(),
                            Math.max(0, set.wanted())))
            .toList();
    DrillStatus late = measured;
    for (String each : view.absent()) {
      late = late.edit().reasons(reasons(late, "controller " + each + " did not come back")).done();
    }
    for (String each : missing) late = late.edit().reasons(reasons(late, each)).done();
    return judged(late);
  }

  /** A drill that was allowed to begin degraded ends when what it disturbed is ready. */
  private boolean steadyAgain(DrillStatus status) {
    return settledFor() && (view.steady() || (view.order().allowDegraded() && recovered(status)));
  }

  private boolean settledFor() {
    return view.passed(view.status().revertedAt(), view.order().readyFor());
  }

  private static boolean recovered(DrillStatus status) {
    List<ReplicaStatus> hit =
        status.replicas().stream()
            .filter(each -> !Forecast.UNTOUCHED.word().equals(each.forecast()))
            .filter(each -> each.before() != null)
            .toList();
    return !hit.isEmpty()
        && hit.stream().allMatch(each -> each.times() != null && each.times().ready() != null);
  }

  private DrillStatus judged(DrillStatus status) {
    List<String> faults = DrillJudge.faults(status);
    DrillVerdict verdict = faults.isEmpty() ? DrillVerdict.PASSED : DrillVerdict.FAILED;
    return done(status, verdict, faults);
  }

  private DrillStatus done(DrillStatus status, DrillVerdict verdict, List<String> reasons) {
    String message = reasons.isEmpty() ? DrillJudge.summary(status) : String.join("; ", reasons);
    return status
        .edit()
        .phase(DrillPhase.DONE)
        .verdict(verdict)
        .reasons(reasons.isEmpty() ? null : reasons)
        .finishedAt(view.now())
        .message(message)
        .done();
  }

  private DrillStatus revert(DrillStatus status, Optional<String> why) {
    DrillStatusEdit next =
        status
            .edit()
            .phase(DrillPhase.REVERTING)
            .revertingAt(view.now())
            .message("the fault is being taken back" + why.map(each -> ": " + each).orElse(""));
    if (why.isPresent() && view.ending().isEmpty()) next.reasons(reasons(status, why.get()));
    return next.done();
  }

  private static List<String> reasons(DrillStatus status, String another) {
    List<String> all = new ArrayList<>(status.reasons() == null ? List.of() : status.reasons());
    if (!all.contains(another)) all.add(another);
    return all;
  }

  /** With what the members reported. */
  private DrillStatus heard() {
    List<TargetStatus> targets = new ArrayList<>();
    for (TargetStatus each : view.status().targets()) {
      SpotReport report = view.scene().reports().get(Spot.member(each));
      boolean known = report == null || !SpotState.of(each).precedes(report.state());
      targets.add(known ? each : stated(each, report.state(), report.message()));
    }
    return view.status().edit().targets(targets).done();
  }

  /** Those that never answered had the fault's own end to end it. */
  private static DrillStatus settled(DrillStatus status) {
    String silence = "has not said that the fault is over";
    DrillStatus once = stated(status, SpotState.SILENT, SpotState.WAITING, silence);
    return stated(once, SpotState.SILENT, SpotState.INJECTED, silence);
  }

  /** With those that were in one state in another. */
  private static DrillStatus stated(
      DrillStatus status, SpotState next, SpotState before, String message) {
    List<TargetStatus> targets =
        status.targets().stream()
            .map(each -> SpotState.of(each) == before ? stated(each, next, message) : each)
            .toList();
    return status.edit().targets(targets).done();
  }

  private static TargetStatus stated(TargetStatus target, SpotState state, String message) {
    return new TargetStatus(
        target.kind(),
        target.name(),
        target.node(),
        state.word(),
        message.isEmpty() ? null : message);
  }

  private static boolean allOver(DrillStatus status) {
    return status.targets().stream().allMatch(each -> SpotState.of(each).over());
  }

  private static List<String> troubles(DrillStatus status, SpotState state) {
    return status.targets().stream()
        .filter(each -> SpotState.of(each) == state)
        .map(each -> each.name() + " refused the fault: " + each.message())
        .toList();
  }
}
