package io.ordinal.controller.plan;

import io.ordinal.controller.model.ClaimView;
import io.ordinal.controller.model.ReplicaView;
import io.ordinal.controller.model.ReplicaView.Belonging;
import io.ordinal.controller.model.ReplicaView.Phase;
import io.ordinal.controller.model.SetSpec;
import io.ordinal.controller.model.SetSpec.UpdateRule;
import io.ordinal.controller.model.SetView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Decides what should happen next to a set: the replicas it lacks, then those it has too many, then
 * those of an older revision. Returns the next steps only, never the whole campaign.
 *
 * <p>The order is that of Kubernetes, with two differences that keep a set from needing a human.
 * Under OrderedReady a replica that blocks everything above it, and is of a revision that the set
 * does not want any more, is replaced once it was unready for the view's patience (at once if it
 * never ran): changing a bad template again is enough. And of several surplus replicas that are
 * broken the highest goes after the same time, instead of waiting for the others to heal.
 */
public final class SetPlanner {
  private final SetView view;
  private final SetSpec spec;
  private final Instant now;
  private final Map<Integer, ReplicaView> byOrdinal = new TreeMap<>();
  private final List<SetAction> actions = new ArrayList<>();

  private SetPlanner(SetView view, Instant now) {
    this.view = view;
    this.spec = view.spec();
    this.now = now;
    view.replicas().forEach(each -> byOrdinal.put(each.ordinal(), each));
  }

  /** The next steps; empty when there is nothing to do but wait. */
  public static List<SetAction> plan(SetView view, Instant now) {
    return new SetPlanner(view, now).plan();
  }

  /** When the passing of time alone may make another plan possible. */
  public static Optional<Instant> nextLook(SetView view, Instant now) {
    return view.replicas().stream()
        .filter(each -> each.member() && !each.terminating())
        .flatMap(each -> turningPoints(view, each))
        .filter(each -> each.isAfter(now))
        .min(Comparator.naturalOrder());
  }

  private static Stream<Instant> turningPoints(SetView view, ReplicaView replica) {
    if (replica.runningAndReady()) {
      return Stream.of(replica.readySince().get().plus(view.spec().minReady()));
    }
    return Stream.of(replica.unreadySince().plus(view.patience()));
  }

  private List<SetAction> plan() {
    if (spec.deleting()) return List.of(); // The garbage collector ends what is left.
    untieClaims();
    if (settleBelonging()) return actions;
    if (keepReplicas() && removeSurplus()) update();
    return actions;
  }

  /** Whether pods are to be adopted or released before they can be counted. */
  private boolean settleBelonging() {
    int before = actions.size();
    for (ReplicaView each : byOrdinal.values()) {
      if (each.belonging() == Belonging.STRAY) {
        actions.add(new SetAction.Release(each.ordinal(), each.podUid()));
      } else if (each.belonging() == Belonging.ADOPTABLE && !each.terminating()) {
        actions.add(new SetAction.Adopt(each.ordinal(), each.podUid()));
      }
    }
    return actions.size() > before;
  }

  /** Claims must not go with a pod or set that the policy does not tie them to any more. */
  private void untieClaims() {
    view.claims().stream()
        .map(ClaimView::ordinal)
        .distinct()
        .flatMap(
            ordinal -> ClaimRetentions.untimely(view, ordinal, byOrdinal.get(ordinal)).stream())
        .forEach(actions::add);
  }

  /** Whether the rest may be looked at. Under OrderedReady everything stops at the first gap. */
  private boolean keepReplicas() {
    for (int index = 0; index < spec.replicas(); index++) {
      boolean settled = keep(spec.start() + index);
      if (!settled && spec.ordered()) return false;
    }
    return true;
  }

  private boolean keep(int ordinal) {
    ReplicaView replica = byOrdinal.get(ordinal);
    if (replica == null) {
      if (!claimsInTheWay(ordinal)) {
        actions.add(new SetAction.Begin(ordinal, view.revisionFor(ordinal)));
      }
      return false;
    }
    if (!replica.member()) return false;
    if (replica.phase().finished()) {
      if (!replica.terminating()) end(replica, SetAction.Why.FINISHED);
      return false;
    }
    if (replica.terminating()) return false;
    boolean available = replica.availableAt(now, spec.minReady());
    if (!available && spec.ordered() && brokenByAnotherRevision(replica)) {
      end(replica, SetAction.Why.BROKEN);
    } else if (replica.drifted()) {
      actions.add(new SetAction.Amend(ordinal, replica.podUid()));
    }
    return available;
  }

  /** Claims on their way out would be bound to the new pod, and then taken from it. */
  private boolean claimsInTheWay(int ordinal) {
    return view.claims().stream()
        .filter(claim -> claim.ordinal() == ordinal)
        .anyMatch(claim -> claim.deleting() || claim.stale());
  }

  private boolean brokenByAnotherRevision(ReplicaView replica) {
    return spec.update() instanceof UpdateRule.Rolling
        && !replica.revision().equals(view.revisionFor(replica.ordinal()))
        && !replica.runningAndReady()
        && (replica.phase() == Phase.PENDING || unreadyTooLong(replica));
  }

  private boolean unreadyTooLong(ReplicaView replica) {
    return !replica.runningAndReady() && !replica.unreadySince().plus(view.patience()).isAfter(now);
  }

  /** Whether the update may go on: under OrderedReady only when nothing is surplus any more. */
  private boolean removeSurplus() {
    List<ReplicaView> surplus =
        byOrdinal.values().stream()
            .filter(each -> each.member() && !spec.wants(each.ordinal()))
            .sorted(Comparator.comparingInt(ReplicaView::ordinal).reversed())
            .toList();
    if (surplus.isEmpty()) return true;
    if (!spec.ordered()) {
      surplus.stream().filter(each -> !each.terminating()).forEach(this::remove);
      return true;
    }
    ReplicaView highest = surplus.get(0);
    if (!highest.terminating() && !waitsForLower(highest, surplus)) remove(highest);
    return false;
  }

  private boolean waitsForLower(ReplicaView highest, List<ReplicaView> surplus) {
    if (available(highest) || highest.phase().finished() || unreadyTooLong(highest)) return false;
    return surplus.stream().skip(1).anyMatch(each -> !available(each));
  }

  /** The claims change hands first, in a plan of their own, if they are to go with the pod. */
  private void remove(ReplicaView replica) {
    Optional<SetAction> first = ClaimRetentions.wrong(view, replica.ordinal(), true);
    if (first.isEmpty()) {
      end(replica, SetAction.Why.SURPLUS);
    } else if (actions.stream().noneMatch(each -> ownsClaimsOf(replica, each))) {
      actions.add(first.get());
    }
  }

  private static boolean ownsClaimsOf(ReplicaView replica, SetAction action) {
    return action instanceof SetAction.OwnClaims && action.ordinal() == replica.ordinal();
  }

  private void update() {
    if (!(spec.update() instanceof UpdateRule.Rolling rolling)) return;
    List<ReplicaView> outdated =
        byOrdinal.values().stream()
            .filter(each -> each.member() && spec.wants(each.ordinal()))
            .filter(each -> each.ordinal() - spec.start() >= rolling.partition())
            .filter(each -> !each.revision().equals(view.updateRevision()))
            .filter(each -> !each.terminating() && !each.phase().finished())
            .sorted(Comparator.comparingInt(ReplicaView::ordinal).reversed())
            .toList();
    // Under OrderedReady all wanted replicas are available here.
    outdated.stream()
        .filter(each -> !available(each))
        .forEach(each -> end(each, SetAction.Why.OUTDATED));
    outdated.stream()
        .filter(this::available)
        .limit(Math.max(0, rolling.maxUnavailable() - unavailable()))
        .forEach(each -> end(each, SetAction.Why.OUTDATED));
  }

  /** Over all ordinals, those below the partition too. */
  private int unavailable() {
    int count = 0;
    for (int index = 0; index < spec.replicas(); index++) {
      ReplicaView replica = byOrdinal.get(spec.start() + index);
      if (replica == null || !replica.member() || !available(replica)) count++;
    }
    return count;
  }

  private boolean available(ReplicaView replica) {
    return replica.availableAt(now, spec.minReady());
  }

  private void end(ReplicaView replica, SetAction.Why why) {
    boolean wanted = spec.wants(replica.ordinal());
    // First the claims that must survive the pod; then, in a later plan, the pod.
    if (wanted && ClaimRetentions.wrong(view, replica.ordinal(), false).isPresent()) return;
    actions.removeIf(
        each -> each instanceof SetAction.Amend && each.ordinal() == replica.ordinal());
    actions.add(new SetAction.End(replica.ordinal(), replica.podUid(), why));
  }
}
