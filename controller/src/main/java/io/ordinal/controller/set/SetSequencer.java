package io.ordinal.controller.set;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.plan.SetAction;
import io.ordinal.controller.plan.SetPlanner;
import io.ordinal.controller.store.Freshness;
import io.ordinal.protocol.id.SetKey;
import io.ordinal.protocol.id.Term;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Brings one set to what it asks for: looks at the store, lets the planner decide, carries out, and
 * looks again when something has changed. Stops when the set is gone.
 */
final class SetSequencer extends AbstractBehavior<SetSequencer.Command> {
  sealed interface Command {}

  /** Something about the set may have changed. Carries no news: the store is read again. */
  record Look() implements Command {}

  private record Looked(SetLook look) implements Command {}

  private record LookFailed(Throwable cause) implements Command {}

  private record StepsTaken(long plan, List<StepResult> results) implements Command {}

  /** Some steps of this plan may not be answered for long: what they do shows in the store. */
  private record StepsSlow(long plan) implements Command {}

  /** The order to end this pod is not under way any more. */
  private record EndAnswered(String podUid) implements Command {}

  /** To the parent: a higher term is in force, so nothing that this one says counts any more. */
  record Superseded(Term by) implements SetController.Command {}

  private enum Activity {
    IDLE,
    LOOKING,
    ACTING,
    /** Of an overtaken term: waits for its parent to stop it. */
    SUPERSEDED
  }

  private static final String RESYNC = "resync";
  private static final String AGAIN = "again";
  private static final String SLOW = "slow";

  private final SetKey key;
  private final Term term;
  private final SetPorts ports;
  private final SetSettings settings;
  private final ActorRef<? super Superseded> parent;
  private final TimerScheduler<Command> timers;
  private final Decoded decoded = new Decoded();
  private final Set<String> toldConflicts = new HashSet<>();
  private final Set<String> endsUnderWay = new HashSet<>();
  private Activity activity = Activity.IDLE;
  private boolean withheld;
  private boolean hinted;
  private long plans;
  private Duration retry;

  static Behavior<Command> create(
      SetKey key,
      Term term,
      SetPorts ports,
      SetSettings settings,
      ActorRef<? super Superseded> parent) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new SetSequencer(context, timers, key, term, ports, settings, parent)));
  }

  private SetSequencer(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      SetKey key,
      Term term,
      SetPorts ports,
      SetSettings settings,
      ActorRef<? super Superseded> parent) {
    super(context);
    this.key = key;
    this.term = term;
    this.ports = ports;
    this.settings = settings;
    this.parent = parent;
    this.timers = timers;
    this.retry = settings.retryFirst();
    timers.startTimerWithFixedDelay(RESYNC, new Look(), settings.resync());
    look();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Look.class, this::onLook)
        .onMessage(Looked.class, this::onLooked)
        .onMessage(LookFailed.class, this::onLookFailed)
        .onMessage(StepsTaken.class, this::onStepsTaken)
        .onMessage(StepsSlow.class, this::onStepsSlow)
        .onMessage(EndAnswered.class, this::onEndAnswered)
        .build();
  }

  private Behavior<Command> onLook(Look hint) {
    if (activity == Activity.IDLE) {
      look();
    } else {
      hinted = true;
    }
    return this;
  }

  private void look() {
    activity = Activity.LOOKING;
    hinted = false;
    getContext()
        .pipeToSelf(
            ports.store().read(Freshness.LINEARIZABLE, view -> SetLook.at(view, key)),
            (look, failure) -> failure == null ? new Looked(look) : new LookFailed(failure));
  }

  private Behavior<Command> onLookFailed(LookFailed failed) {
    getContext().getLog().debug("could not read set {}: {}", key, failed.cause().toString());
    rest(true);
    return this;
  }

  private Behavior<Command> onLooked(Looked looked) {
    SetLook look = looked.look();
    if (!look.term().equals(term)) {
      activity = Activity.SUPERSEDED;
      parent.tell(new Superseded(look.term()));
      return this;
    }
    if (look.set().isEmpty()) return Behaviors.stopped();
    List<CompletionStage<StepResult>> steps = steps(look);
    decoded.turn();
    if (steps.isEmpty()) {
      rest(false);
      return this;
    }
    activity = Activity.ACTING;
    long plan = ++plans;
    timers.startSingleTimer(SLOW, new StepsSlow(plan), settings.stepPatience());
    getContext().pipeToSelf(all(steps), (results, failure) -> new StepsTaken(plan, results));
    return this;
  }

  /** Begins what is to be done next. Revisions come first: pods are made from them. */
  private List<CompletionStage<StepResult>> steps(SetLook look) {
    ApiObject set = decoded.of(look.set().get());
    Instant now = ports.clock().instant();
    List<ApiObject> found = look.revisions().stream().map(decoded::of).toList();
    var means = new RevisionPlanner.Means(ports.setDefaults(), ports.freshUids().get(), now);
    var revisions = RevisionPlanner.plan(set, found, means);
    if (!revisions.writes().isEmpty()) {
      return List.of(SetSteps.commit(ports, term, set, revisions.writes()));
    }
    if (revisions.update().isEmpty()) return List.of();
    Situation situation =
        Situation.of(set, look, revisions, decoded, settings.replaceBrokenAfter());
    timers.cancel(AGAIN);
    SetPlanner.nextLook(situation.view(), now)
        .ifPresent(at -> timers.startSingleTimer(AGAIN, new Look(), Duration.between(now, at)));
    tellConflicts(situation);

    List<CompletionStage<StepResult>> steps = new ArrayList<>();
    SetSteps orders = new SetSteps(ports, term, situation);
    if (!closing(look)) {
      for (SetAction action : bounded(SetPlanner.plan(situation.view(), now))) {
        CompletionStage<StepResult> step = action.match(orders);
        if (action instanceof SetAction.End end) follow(end, step);
        steps.add(step);
      }
    }
    SetBooks.due(situation, revisions, now)
        .forEach(writes -> steps.add(SetSteps.commit(ports, term, set, writes)));
    return steps;
  }

  private List<SetAction> bounded(List<SetAction> plan) {
    List<SetAction> timely = plan.stream().filter(this::timely).toList();
    withheld = timely.size() < plan.size();
    // The rest is planned again once these are done: their commits are hints.
    return timely.subList(0, Math.min(timely.size(), settings.stepsAtOnce()));
  }

  /**
   * An order to end a pod that serves, or may serve again, is not joined by others for more pods
   * while it is under way: this plan does not see what it will do, and one too many would go.
   */
  private boolean timely(SetAction action) {
    if (!(action instanceof SetAction.End end)) return true;
    return switch (end.why()) {
      case FINISHED, SURPLUS -> true;
      case OUTDATED, BROKEN -> endsUnderWay.isEmpty() || endsUnderWay.contains(end.podUid());
    };
  }

  private void follow(SetAction.End end, CompletionStage<StepResult> step) {
    endsUnderWay.add(end.podUid());
    ActorRef<Command> self = getContext().getSelf();
    step.whenComplete((result, failure) -> self.tell(new EndAnswered(end.podUid())));
  }

  private Behavior<Command> onEndAnswered(EndAnswered answered) {
    endsUnderWay.remove(answered.podUid());
    return withheld ? onLook(new Look()) : this;
  }

  private boolean closing(SetLook look) {
    return look.namespace().map(decoded::of).flatMap(ApiObject::deletionTimestamp).isPresent();
  }

  private void tellConflicts(Situation situation) {
    var retention = situation.view().spec().retention();
    if (!retention.deleteWhenScaled() && !retention.deleteWhenDeleted()) return;
    SetEvents events = new SetEvents(ports.events());
    situation.view().claims().stream()
        .filter(claim -> claim.conflicting() && toldConflicts.add(claim.name()))
        .forEach(claim -> events.conflictingController(situation.set(), claim.name()));
  }

  private Behavior<Command> onStepsTaken(StepsTaken taken) {
    if (activity != Activity.ACTING || taken.plan() != plans) return this;
    timers.cancel(SLOW);
    List<String> troubles =
        taken.results().stream().map(StepResult::trouble).flatMap(Optional::stream).toList();
    if (!troubles.isEmpty()) getContext().getLog().debug("set {}: {}", key, troubles);
    rest(!troubles.isEmpty());
    return this;
  }

  /** Orders are repeated at will, so those that are still under way do no harm. */
  private Behavior<Command> onStepsSlow(StepsSlow slow) {
    if (activity != Activity.ACTING || slow.plan() != plans) return this;
    getContext().getLog().info("set {}: steps are not answered yet, looks again", key);
    rest(true);
    return this;
  }

  /** Waits for the next hint; looks at once if one came meanwhile. */
  private void rest(boolean troubled) {
    activity = Activity.IDLE;
    if (troubled) {
      timers.startSingleTimer(AGAIN, new Look(), retry);
      Duration doubled = retry.multipliedBy(2);
      retry = doubled.compareTo(settings.retryMost()) < 0 ? doubled : settings.retryMost();
    } else {
      retry = settings.retryFirst();
    }
    if (hinted) look();
  }

  private static CompletionStage<List<StepResult>> all(List<CompletionStage<StepResult>> steps) {
    List<CompletableFuture<StepResult>> futures =
        steps.stream().map(CompletionStage::toCompletableFuture).toList();
    return CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))
        .thenApply(done -> futures.stream().map(CompletableFuture::join).toList());
  }
}
