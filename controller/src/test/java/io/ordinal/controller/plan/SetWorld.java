package io.ordinal.controller.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.model.ClaimView;
import io.ordinal.controller.model.ReplicaView;
import io.ordinal.controller.model.ReplicaView.Belonging;
import io.ordinal.controller.model.ReplicaView.Phase;
import io.ordinal.controller.model.SetSpec;
import io.ordinal.controller.model.SetSpec.ClaimRetention;
import io.ordinal.controller.model.SetSpec.UpdateRule;
import io.ordinal.controller.model.SetView;
import io.ordinal.protocol.id.SetKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A world with one set in it: it obeys the planner's steps one at a time, watches that no step
 * breaks an invariant, and suffers faults from outside.
 */
final class SetWorld {
  static final SetKey KEY = new SetKey("default", "web");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A pod and what the world knows about it. */
  private static final class Pod {
    String uid;
    String setUid;
    String revision;
    Phase phase = Phase.PENDING;
    boolean terminating;
    Instant readySince;
    Instant unreadySince;
    boolean drifted;
  }

  private final Random random;
  private final Map<Integer, Pod> pods = new TreeMap<>();
  private final Map<Integer, Set<String>> claimOwners = new TreeMap<>();
  private final Set<String> badRevisions = new HashSet<>();
  private final Set<Integer> mayLoseClaim = new HashSet<>();
  private final boolean ordered;
  private Instant now = Instant.parse("2030-01-01T00:00:00Z");
  private String current;
  private int serial;
  private String setUid;
  private int templates;
  private int generation = 1;
  private int start;
  private int replicas;
  private UpdateRule update;
  private Duration minReady;
  private ClaimRetention retention;

  SetWorld(Random random) {
    this.random = random;
    this.ordered = random.nextBoolean();
    this.setUid = "set-" + ++serial;
    templates = 1;
    current = revision();
    retention = new ClaimRetention(random.nextBoolean(), random.nextBoolean());
    minReady = Duration.ofSeconds(random.nextInt(3) * 3L);
    replicas = random.nextInt(6);
    start = random.nextInt(3) == 0 ? random.nextInt(3) : 0;
    update = anyRule();
    if (random.nextInt(4) == 0) badRevisions.add(revision());
  }

  Instant now() {
    return now;
  }

  SetView view() {
    List<ReplicaView> seen = new ArrayList<>();
    pods.forEach((ordinal, pod) -> seen.add(viewOf(ordinal, pod)));
    List<ClaimView> claims = new ArrayList<>();
    claimOwners.forEach((ordinal, owners) -> claims.add(viewOf(ordinal, owners)));
    return new SetView(spec(), current, revision(), seen, claims, PATIENCE);
  }

  private SetSpec spec() {
    return new SetSpec(
        KEY, setUid, generation, false, start, replicas, ordered, update, minReady, retention);
  }

  private ReplicaView viewOf(int ordinal, Pod pod) {
    Belonging belonging =
        pod.setUid.equals(setUid)
            ? Belonging.MEMBER
            : pod.setUid.isEmpty() ? Belonging.ADOPTABLE : Belonging.FOREIGN;
    return new ReplicaView(
        ordinal,
        pod.uid,
        belonging,
        pod.phase,
        pod.terminating,
        Optional.ofNullable(pod.readySince),
        pod.unreadySince,
        pod.revision,
        pod.drifted);
  }

  private ClaimView viewOf(int ordinal, Set<String> owners) {
    Pod pod = pods.get(ordinal);
    String podUid = pod == null ? "" : pod.uid;
    boolean set = owners.contains(setUid);
    boolean ofPod = owners.contains(podUid);
    boolean stale = owners.stream().anyMatch(each -> !each.equals(setUid) && !each.equals(podUid));
    ClaimView.Owner owner =
        set
            ? ofPod ? ClaimView.Owner.BOTH : ClaimView.Owner.SET
            : ofPod ? ClaimView.Owner.POD : ClaimView.Owner.NOBODY;
    return new ClaimView(ordinal, "data-web-" + ordinal, false, owner, stale, false);
  }

  /** Takes one step, after checking that it is allowed. */
  void obey(SetAction action) {
    action.match(
        new SetAction.Cases<Void>() {
          @Override
          public Void begin(SetAction.Begin begin) {
            return onBegin(begin);
          }

          @Override
          public Void end(SetAction.End end) {
            return onEnd(end);
          }

          @Override
          public Void amend(SetAction.Amend amend) {
            pods.get(amend.ordinal()).drifted = false;
            return null;
          }

          @Override
          public Void adopt(SetAction.Adopt adopt) {
            pods.get(adopt.ordinal()).setUid = setUid;
            return null;
          }

          @Override
          public Void release(SetAction.Release release) {
            throw new AssertionError("nothing is ever stray here");
          }

          @Override
          public Void ownClaims(SetAction.OwnClaims own) {
            Set<String> owners = claimOwners.get(own.ordinal());
            Pod pod = pods.get(own.ordinal());
            String podUid = pod == null ? "none" : pod.uid;
            owners.removeAll(Set.of(setUid, podUid));
            mayLoseClaim.remove(own.ordinal());
            if (own.owner() == ClaimView.Owner.SET) owners.add(setUid);
            if (own.owner() == ClaimView.Owner.POD) {
              assertThat(spec().wants(own.ordinal())).as("I6: %s", own).isFalse();
              assertThat(retention.deleteWhenScaled()).as("I6: %s", own).isTrue();
              owners.add(podUid);
              mayLoseClaim.add(own.ordinal());
            }
            return null;
          }
        });
  }

  private Void onBegin(SetAction.Begin begin) {
    int ordinal = begin.ordinal();
    assertThat(pods).as("place of ordinal %d", ordinal).doesNotContainKey(ordinal);
    assertThat(spec().wants(ordinal)).as("ordinal %d is wanted", ordinal).isTrue();
    for (int lower = start; ordered && lower < ordinal; lower++) {
      assertThat(available(lower)).as("I4: %d before %d is available", ordinal, lower).isTrue();
    }
    assertThat(Set.of(setUid))
        .as("I6: owners of a claim in use")
        .containsAll(claimOwners.getOrDefault(ordinal, Set.of()));
    Pod pod = new Pod();
    pod.uid = "pod-" + ++serial;
    pod.setUid = setUid;
    pod.revision = begin.revision();
    pod.unreadySince = now;
    pods.put(ordinal, pod);
    claimOwners.computeIfAbsent(ordinal, any -> new HashSet<>());
    mayLoseClaim.remove(ordinal);
    return null;
  }

  private Void onEnd(SetAction.End end) {
    Pod pod = pods.get(end.ordinal());
    assertThat(pod.uid).isEqualTo(end.podUid());
    assertThat(pod.terminating).as("ended twice: %s", end).isFalse();
    boolean tied = claimOwners.getOrDefault(end.ordinal(), Set.of()).contains(pod.uid);
    boolean asked = end.why() == SetAction.Why.SURPLUS && retention.deleteWhenScaled();
    assertThat(tied).as("I6: claims go with the pod of %s", end).isEqualTo(asked);
    switch (end.why()) {
      case SURPLUS -> {
        assertThat(spec().wants(end.ordinal())).as("%s of a wanted one", end).isFalse();
        checkSurplusAbove(end.ordinal());
      }
      case FINISHED -> assertThat(pod.phase.finished()).isTrue();
      case BROKEN -> {
        assertThat(available(end.ordinal())).as("%s of an available one", end).isFalse();
        assertThat(pod.revision).isNotEqualTo(view().revisionFor(end.ordinal()));
      }
      case OUTDATED -> checkBudget(end, pod);
    }
    pod.terminating = true;
    return null;
  }

  private void checkSurplusAbove(int ordinal) {
    for (int higher : pods.keySet()) {
      boolean surplus = higher > ordinal && !spec().wants(higher);
      if (ordered && surplus && pods.get(higher).setUid.equals(setUid)) {
        throw new AssertionError("I4: " + ordinal + " ended before " + higher + " is gone");
      }
    }
  }

  private void checkBudget(SetAction.End end, Pod pod) {
    UpdateRule.Rolling rolling = (UpdateRule.Rolling) update;
    assertThat(pod.revision).isNotEqualTo(revision());
    assertThat(end.ordinal() - start)
        .as("above the partition")
        .isGreaterThanOrEqualTo(rolling.partition());
    if (!available(end.ordinal())) return;
    int unavailable = 0;
    for (int each = start; each < start + replicas; each++) if (!available(each)) unavailable++;
    assertThat(unavailable + 1).as("I5: %s", end).isLessThanOrEqualTo(rolling.maxUnavailable());
  }

  private boolean available(int ordinal) {
    Pod pod = pods.get(ordinal);
    return pod != null && viewOf(ordinal, pod).availableAt(now, minReady);
  }

  /**
   * What nodes and the garbage collector do when nothing is wrong. Each thing only now and then.
   */
  void live() {
    now = now.plusSeconds(1 + random.nextInt(4));
    for (int ordinal : List.copyOf(pods.keySet())) {
      if (random.nextInt(3) > 0) live(ordinal, pods.get(ordinal));
    }
    claimOwners
        .entrySet()
        .removeIf(each -> random.nextInt(3) > 0 && collected(each.getKey(), each.getValue()));
    current = SetStatuses.of(view(), 0, now).currentRevision();
  }

  private void live(int ordinal, Pod pod) {
    if (!pod.setUid.isEmpty() && !pod.setUid.equals(setUid)) pod.terminating = true;
    if (pod.terminating) {
      pods.remove(ordinal);
    } else if (pod.phase == Phase.PENDING) {
      pod.phase = Phase.RUNNING;
    } else if (pod.phase == Phase.RUNNING && !badRevisions.contains(pod.revision)) {
      if (pod.readySince == null) pod.readySince = now;
    }
  }

  private boolean collected(int ordinal, Set<String> owners) {
    Set<String> living = new HashSet<>(Set.of(setUid));
    pods.values().forEach(pod -> living.add(pod.uid));
    if (owners.isEmpty()) return false;
    if (owners.stream().anyMatch(living::contains)) {
      owners.retainAll(living);
      return false;
    }
    assertThat(mayLoseClaim).as("I6: claim of %d, owned by %s", ordinal, owners).contains(ordinal);
    return true;
  }

  /** Something from outside: a failure, a user, a change of mind. */
  void suffer() {
    switch (random.nextInt(12)) {
      case 0 -> anyPod().ifPresent(pod -> pod.terminating = true);
      case 1 -> anyPod().ifPresent(this::loseReadiness);
      case 2 -> anyPod().ifPresent(this::finish);
      case 3 -> change(() -> replicas = random.nextInt(7));
      case 4 -> change(() -> start = random.nextInt(4));
      case 5 -> change(this::newTemplate);
      case 6 -> change(() -> update = anyRule());
      case 7 -> change(() -> minReady = Duration.ofSeconds(random.nextInt(3) * 3L));
      case 8 ->
          change(() -> retention = new ClaimRetention(random.nextBoolean(), random.nextBoolean()));
      case 9 -> anyPod().ifPresent(pod -> pod.drifted = true);
      case 10 -> {
        if (random.nextInt(3) == 0) recreateSet();
      }
      default -> now = now.plusSeconds(random.nextInt(30));
    }
  }

  /** A working template, and an update rule under which it reaches everybody. */
  void mendTemplate() {
    change(
        () -> {
          templates++;
          badRevisions.remove(revision());
          update = new UpdateRule.Rolling(0, 1 + random.nextInt(3));
        });
  }

  boolean matchesSpec() {
    if (pods.size() != replicas) return false;
    for (int each = start; each < start + replicas; each++) {
      Pod pod = pods.get(each);
      if (!available(each) || pod.drifted || !pod.revision.equals(revision())) return false;
    }
    return true;
  }

  int generation() {
    return generation;
  }

  private void change(Runnable change) {
    generation++;
    change.run();
  }

  private void newTemplate() {
    templates++;
    if (random.nextInt(3) == 0) badRevisions.add(revision());
  }

  private void recreateSet() {
    // A change of policy an instant before the end of the set cannot be honoured.
    SetPlanner.plan(view(), now).stream()
        .filter(SetAction.OwnClaims.class::isInstance)
        .forEach(this::obey);
    boolean orphans = random.nextBoolean();
    if (!orphans && retention.deleteWhenDeleted()) mayLoseClaim.addAll(claimOwners.keySet());
    pods.values().stream()
        .filter(pod -> orphans && pod.setUid.equals(setUid))
        .forEach(pod -> pod.setUid = "");
    if (orphans) claimOwners.values().forEach(owners -> owners.remove(setUid));
    setUid = "set-" + ++serial;
    generation = 1;
    current = revision();
  }

  private void loseReadiness(Pod pod) {
    pod.readySince = null;
    pod.unreadySince = now;
  }

  private void finish(Pod pod) {
    loseReadiness(pod);
    pod.phase = random.nextBoolean() ? Phase.FAILED : Phase.SUCCEEDED;
  }

  private Optional<Pod> anyPod() {
    List<Pod> all = List.copyOf(pods.values());
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
  }

  private UpdateRule anyRule() {
    if (random.nextInt(5) == 0) return new UpdateRule.OnDelete();
    return new UpdateRule.Rolling(
        random.nextInt(3) == 0 ? random.nextInt(4) : 0, 1 + random.nextInt(3));
  }

  private String revision() {
    return "web-r" + templates;
  }

  @Override
  public String toString() {
    return view().toString();
  }
}
