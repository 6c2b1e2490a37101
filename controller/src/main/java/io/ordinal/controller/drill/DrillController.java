package io.ordinal.controller.drill;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.drill.Drill;
import io.ordinal.controller.document.drill.DrillPhase;
import io.ordinal.controller.document.drill.DrillStatus;
import io.ordinal.controller.document.drill.DrillVerdict;
import io.ordinal.controller.event.EventNote;
import io.ordinal.controller.store.ChangeFeed;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.Transaction;
import io.ordinal.protocol.id.Revision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Leads all drills; meant to run as a cluster singleton. Being the only one is not relied on: what
 * it decides is committed on the drill as it was read, and one lock in the store says which drill
 * may inject. It keeps nothing that matters: whoever follows it goes on where the status is.
 */
public final class DrillController extends AbstractBehavior<DrillController.Command> {
  /** Only the store, timers and futures speak to it. */
  public sealed interface Command {}

  private record StoreChanged() implements Command {}

  private record Look() implements Command {}

  private record FeedRead(Revision at, boolean news) implements Command {}

  private record Looked(DrillLook look) implements Command {}

  private record LookFailed(Throwable cause) implements Command {}

  private record StepsTaken(List<String> troubles) implements Command {}

  private final TimerScheduler<Command> timers;
  private final DrillPorts ports;
  private final DrillSettings settings;
  private final AutoCloseable subscription;
  private final DrillDispatch dispatch;
  private final Map<String, Instant> published = new HashMap<>();
  private Revision seen = Revision.ZERO;
  private boolean active;
  private boolean hinted;
  private boolean feedRead;

  public static Behavior<Command> create(DrillPorts ports, DrillSettings settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new DrillController(context, timers, ports, settings)));
  }

  private DrillController(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      DrillPorts ports,
      DrillSettings settings) {
    super(context);
    this.timers = timers;
    this.ports = ports;
    this.settings = settings;
    this.dispatch = new DrillDispatch(ports, settings);
    ActorRef<Command> self = context.getSelf();
    this.subscription =
        ports
            .store()
            .onChange(Set.of(DrillDocument.DRILLS), revision -> self.tell(new StoreChanged()));
    look();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(StoreChanged.class, this::onStoreChanged)
        .onMessage(Look.class, this::onLook)
        .onMessage(FeedRead.class, this::onFeedRead)
        .onMessage(Looked.class, this::onLooked)
        .onMessage(LookFailed.class, this::onLookFailed)
        .onMessage(StepsTaken.class, this::onStepsTaken)
        .onSignal(PostStop.class, this::onPostStop)
        .build();
  }

  /** Most changes are of no drill: a cheap look at the feed tells. */
  private Behavior<Command> onStoreChanged(StoreChanged hint) {
    if (feedRead) return this; // What it does not see, the next hint or the timer does.
    feedRead = true;
    Revision after = seen;
    getContext()
        .pipeToSelf(
            ports
                .store()
                .read(
                    Freshness.LOCAL,
                    view ->
                        new FeedRead(
                            view.revision(),
                            ChangeFeed.since(view, List.of(DrillDocument.DRILLS), after)
                                .map(changes -> !changes.isEmpty())
                                .orElse(true))),
            (read, failure) -> failure == null ? read : new FeedRead(after, false));
    return this;
  }

  private Behavior<Command> onFeedRead(FeedRead read) {
    feedRead = false;
    if (read.at().isAfter(seen)) seen = read.at();
    if (read.news()) look();
    return this;
  }

  private Behavior<Command> onLook(Look tick) {
    look();
    return this;
  }

  private void look() {
    hinted = active;
    if (active) return;
    active = true;
    getContext()
        .pipeToSelf(
            ports
                .store()
                .read(
                    Freshness.LINEARIZABLE,
                    view -> DrillLook.at(view, ports.codec(), ports.councils())),
            (look, failure) -> failure == null ? new Looked(look) : new LookFailed(failure));
  }

  private Behavior<Command> onLookFailed(LookFailed failed) {
    getContext().getLog().debug("drills could not be read: {}", failed.cause().toString());
    rest(settings.publish());
    return this;
  }

  private Behavior<Command> onLooked(Looked looked) {
    DrillLook look = looked.look();
    Instant now = ports.clock().instant();
    List<CompletableFuture<String>> steps = new ArrayList<>();
    look.drills().forEach(each -> step(look, each, now, steps));
    look.schedules().forEach(each -> step(each, now, steps));
    List<Operation> leftovers = new ArrayList<>(look.leftovers());
    look.orphaned()
        .filter(lock -> dispatch.takeBack(lock, now))
        .ifPresent(lock -> leftovers.add(DrillWrites.release(lock.version())));
    if (!leftovers.isEmpty()) steps.add(commit("leftovers", new Transaction(leftovers)));
    published.keySet().retainAll(look.drills().stream().map(it -> it.object().uid()).toList());
    Duration pause = pause(look);
    getContext()
        .pipeToSelf(
            CompletableFuture.allOf(steps.toArray(CompletableFuture[]::new))
                .thenApply(
                    done ->
                        steps.stream()
                            .map(CompletableFuture::join)
                            .filter(trouble -> !trouble.isEmpty())
                            .toList()),
            (troubles, failure) ->
                new StepsTaken(failure == null ? troubles : List.of(failure.toString())));
    timers.startSingleTimer(new Look(), pause);
    return this;
  }

  private Duration pause(DrillLook look) {
    boolean busy =
        look.orphaned().isPresent()
            || look.drills().stream()
                .map(each -> each.status().phase())
                .anyMatch(phase -> phase != null && phase.busy());
    if (busy) return settings.look();
    return look.drills().isEmpty() ? settings.resync() : settings.publish();
  }

  private void step(
      DrillLook look, DrillLook.Seen seen, Instant now, List<CompletableFuture<String>> steps) {
    String uid = seen.object().uid();
    DrillStatus next = next(seen, now);
    boolean moved = next.phase() != seen.status().phase();
    boolean release = next.phase() == DrillPhase.DONE && DrillWrites.isHeld(seen.object());
    boolean publish =
        !next.equals(seen.status())
            && !published.getOrDefault(uid, Instant.EPOCH).plus(settings.publish()).isAfter(now);
    if (moved || release || publish) {
      published.put(uid, now);
      steps.add(
          commit(seen.object().name(), DrillWrites.next(look, seen, next))
              .whenComplete(
                  (trouble, failure) -> {
                    if (moved && failure == null && trouble.isEmpty()) tell(seen.object(), next);
                  }));
    } else {
      seen.sense()
          .order()
          .ifPresent(order -> steps.addAll(dispatch.send(uid, order, seen.status(), now)));
    }
  }

  private DrillStatus next(DrillLook.Seen seen, Instant now) {
    if (seen.sense().order().isEmpty()) return nonsense(seen, now);
    return DrillPlanner.next(
        new DrillView(
            seen.sense().order().get(),
            seen.status(),
            DrillDocument.ending(seen.object()),
            seen.sense().scene().orElseThrow(),
            ports.testimonies().of(seen.object().uid()),
            settings,
            now));
  }

  /** Such an object was stored before its kind was checked; nothing was injected for it. */
  private static DrillStatus nonsense(DrillLook.Seen seen, Instant now) {
    return seen.status()
        .edit()
        .phase(DrillPhase.DONE)
        .verdict(DrillVerdict.REFUSED)
        .reasons(List.of(seen.sense().nonsense()))
        .message(seen.sense().nonsense())
        .finishedAt(now)
        .done();
  }

  private void step(
      DrillLook.Schedule schedule, Instant now, List<CompletableFuture<String>> steps) {
    try {
      DrillSchedule plan =
          DrillSchedule.plan(
              schedule.object(), schedule.children(), ports.uids().get().toString(), now);
      DrillWrites.schedule(schedule, plan)
          .ifPresent(transaction -> steps.add(commit(schedule.object().name(), transaction)));
    } catch (IllegalArgumentException nonsense) {
      getContext()
          .getLog()
          .warn(
              "the schedule {} makes no sense: {}",
              schedule.object().name(),
              nonsense.getMessage());
    }
  }

  /** What went wrong, or an empty text. A refusal means that somebody was faster. */
  private CompletableFuture<String> commit(String what, Transaction transaction) {
    return ports
        .store()
        .commit(transaction)
        .handle(
            (outcome, failure) -> {
              if (failure != null) return what + ": " + failure;
              return outcome instanceof Outcome.Refused refused
                  ? what + ": refused, " + refused.found()
                  : "";
            })
        .toCompletableFuture();
  }

  private void tell(ApiObject drill, DrillStatus status) {
    boolean warning =
        status.verdict() == DrillVerdict.FAILED || status.verdict() == DrillVerdict.REFUSED;
    ports
        .events()
        .record(
            new EventNote(
                new EventNote.About(
                    Drill.API_VERSION, Drill.KIND, "", drill.name(), drill.uid(), ""),
                warning,
                DrillWrites.told(status),
                status.message(),
                "drill-controller",
                ""));
  }

  private Behavior<Command> onStepsTaken(StepsTaken taken) {
    if (!taken.troubles().isEmpty()) getContext().getLog().debug("drills: {}", taken.troubles());
    active = false;
    if (hinted) look();
    return this;
  }

  private void rest(Duration pause) {
    active = false;
    timers.startSingleTimer(new Look(), pause);
  }

  private Behavior<Command> onPostStop(PostStop signal) throws Exception {
    subscription.close();
    return this;
  }
}
