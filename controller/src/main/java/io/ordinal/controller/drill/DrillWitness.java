package io.ordinal.controller.drill;

import io.ordinal.controller.document.ApiObject;
import io.ordinal.controller.document.Json;
import io.ordinal.controller.document.drill.DrillPhase;
import io.ordinal.controller.document.drill.DrillSpec;
import io.ordinal.controller.document.drill.DrillStatus;
import io.ordinal.controller.node.MonotonicClock;
import io.ordinal.controller.replica.ReplicaRecords;
import io.ordinal.controller.store.Change;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.protocol.agent.FrontDoorRequest.Injected;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Revision;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sees what happens during drills and when, by the clock of this controller; runs the probing
 * client; and writes down what members report, whichever controller they report to. Runs on every
 * controller, so that the times of a drill outlive the controller that leads it.
 */
public final class DrillWitness extends AbstractBehavior<DrillWitness.Command> {
  /** What it is told, and what it tells itself. */
  public sealed interface Command {}

  /** A node says how a life fares. */
  public record Reported(NodeName node, LifeStatus status) implements Command {}

  /** A member says what became of a fault. */
  public record Heard(Injected report) implements Command {}

  private record StoreChanged() implements Command {}

  private record Look() implements Command {}

  private record PageRead(WitnessPage page) implements Command {}

  private record PageNotRead(Throwable cause) implements Command {}

  private record Written(Throwable failure) implements Command {}

  /**
   * @param client asks the replicas
   * @param clock for drills that began before this witness
   * @param watch for the times
   */
  public record Means(
      ObjectStore store,
      ProbeClient client,
      Testimonies testimonies,
      InstantSource clock,
      MonotonicClock watch) {}

  private final TimerScheduler<Command> timers;
  private final Means means;
  private final DrillNotes notes;
  private final DrillSettings settings;
  private final AutoCloseable subscription;
  private final Map<String, Watching> watched = new HashMap<>();
  private Revision seen = Revision.ZERO;
  private boolean reading;
  private boolean hinted;

  public static Behavior<Command> create(Means means, DrillSettings settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new DrillWitness(context, timers, means, settings)));
  }

  private DrillWitness(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Means means,
      DrillSettings settings) {
    super(context);
    this.timers = timers;
    this.means = means;
    this.settings = settings;
    this.notes = new DrillNotes(means.store());
    ActorRef<Command> self = context.getSelf();
    this.subscription =
        means.store().onChange(WitnessPage.WATCHED, revision -> self.tell(new StoreChanged()));
    look();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Reported.class, this::onReported)
        .onMessage(Heard.class, this::onHeard)
        .onMessage(StoreChanged.class, this::onStoreChanged)
        .onMessage(Look.class, this::onLook)
        .onMessage(PageRead.class, this::onPageRead)
        .onMessage(PageNotRead.class, this::onPageNotRead)
        .onMessage(Written.class, this::onWritten)
        .onSignal(PostStop.class, this::onPostStop)
        .build();
  }

  private Behavior<Command> onReported(Reported reported) {
    watched.forEach(
        (uid, drill) ->
            drill
                .heard(reported.status(), reported.node())
                .ifPresent(life -> pipe(notes.life(uid, life))));
    return this;
  }

  private Behavior<Command> onHeard(Heard heard) {
    Injected report = heard.report();
    SpotReport told = new SpotReport(SpotState.of(report.state()), report.message());
    pipe(notes.report(report.drill(), report.member(), told));
    return this;
  }

  private Behavior<Command> onStoreChanged(StoreChanged hint) {
    look();
    return this;
  }

  private Behavior<Command> onLook(Look tick) {
    look();
    return this;
  }

  private void look() {
    hinted = reading;
    if (reading) return;
    reading = true;
    List<ReplicaId> pods =
        watched.values().stream()
            .flatMap(each -> each.chronicle().traces().keySet().stream())
            .distinct()
            .toList();
    Set<Session> sessions =
        watched.values().stream()
            .flatMap(each -> each.sessions().values().stream())
            .collect(Collectors.toSet());
    WitnessPage.Wish wish = new WitnessPage.Wish(seen, !watched.isEmpty(), pods, sessions);
    getContext()
        .pipeToSelf(
            means
                .store()
                .read(
                    Freshness.LOCAL, view -> WitnessPage.read(view, wish, means.watch().elapsed())),
            (page, failure) -> failure == null ? new PageRead(page) : new PageNotRead(failure));
  }

  private Behavior<Command> onPageRead(PageRead read) {
    reading = false;
    WitnessPage page = read.page();
    seen = page.revision();
    page.changes().ifPresent(changes -> changes.forEach(change -> saw(change, page.at())));
    watched
        .values()
        .forEach(
            drill -> {
              page.pods().forEach((replica, pod) -> drill.pod(replica, pod, page.at()));
              page.over().forEach((session, how) -> drill.over(session, how, page.at()));
            });
    page.drills().ifPresent(busy -> follow(busy, page));
    watched.forEach((uid, drill) -> means.testimonies().saw(uid, drill.chronicle()));
    if (hinted) look();
    else if (!watched.isEmpty()) timers.startSingleTimer(new Look(), settings.watch());
    return this;
  }

  private void saw(Change change, Duration at) {
    if (change.key().resource().equals(ReplicaRecords.PODS)) {
      ReplicaId replica = new ReplicaId(change.key().namespace(), change.key().name());
      Optional<PodSight> pod =
          change.deleted()
              ? Optional.empty()
              : Optional.of(PodSight.of(new ApiObject(json(change.document()))));
      watched.values().forEach(drill -> drill.pod(replica, pod, at));
    } else if (!change.deleted()) {
      NodeName node = new NodeName(change.key().name());
      boolean ready = SceneReader.ready(new ApiObject(json(change.document())));
      watched
          .values()
          .forEach(
              drill -> {
                if (ready) drill.heard(node, at);
                else drill.unheard(node, at);
              });
    }
  }

  private static ObjectNode json(byte[] document) {
    return Json.object(document);
  }

  /** Begins with those that became busy, and leaves those that are not any more. */
  private void follow(List<WitnessPage.Busy> busy, WitnessPage page) {
    Set<String> gone = new HashSet<>(watched.keySet());
    for (WitnessPage.Busy each : busy) {
      gone.remove(each.uid());
      if (!watched.containsKey(each.uid())) begin(each, page);
    }
    for (String uid : gone) {
      Watching over = watched.remove(uid);
      over.prober().ifPresent(getContext()::stop);
      getContext().stop(over.serviceProber());
      means.testimonies().forget(uid);
    }
  }

  private void begin(WitnessPage.Busy drill, WitnessPage page) {
    DrillStatus status = drill.status();
    Duration behind =
        status.phase() == DrillPhase.INJECTING
            ? Duration.ZERO // Its clock may differ from ours; this has only just been committed.
            : Duration.between(status.injectedAt(), means.clock().instant());
    Chronicle chronicle = Chronicle.of(status, settings.moments());
    DrillSpec.Probe probe = DrillDocument.spec(drill.object()).probe();
    Optional<ActorRef<Prober.Command>> prober =
        Optional.ofNullable(probe)
            .map(
                each ->
                    getContext()
                        .spawn(
                            Prober.create(
                                drill.uid(),
                                Question.of(each),
                                new Prober.Means(
                                    means.client(), means.watch(), means.testimonies())),
                            "prober-" + drill.uid()));
    Map<NodeName, Session> sessions = new HashMap<>(page.sessions());
    sessions.keySet().retainAll(nodes(chronicle));
    Duration began = page.at().minus(behind.isNegative() ? Duration.ZERO : behind);
    Watching watching =
        new Watching(began, chronicle, sessions, prober, serviceProber(drill.uid(), began));
    chronicle
        .traces()
        .forEach(
            (replica, trace) -> {
              if (trace.before().address() != null) {
                watching.reach(replica, trace.before().address());
              }
            });
    watched.put(drill.uid(), watching);
    hinted = true; // The pods are still to be read.
  }

  private ActorRef<ServiceProber.Command> serviceProber(String uid, Duration began) {
    ServiceProber.Means needs =
        new ServiceProber.Means(means.store(), means.watch(), means.testimonies());
    return getContext()
        .spawn(ServiceProber.create(uid, began, needs, settings), "service-prober-" + uid);
  }

  private static List<NodeName> nodes(Chronicle chronicle) {
    List<NodeName> nodes = new ArrayList<>();
    for (Trace each : chronicle.traces().values()) {
      if (each.before().node() != null) nodes.add(new NodeName(each.before().node()));
    }
    return nodes;
  }

  private Behavior<Command> onPageNotRead(PageNotRead failed) {
    getContext().getLog().debug("drills could not be looked at: {}", failed.cause().toString());
    reading = false;
    timers.startSingleTimer(new Look(), settings.publish());
    return this;
  }

  private void pipe(CompletionStage<Void> note) {
    getContext().pipeToSelf(note, (done, failure) -> new Written(failure));
  }

  private Behavior<Command> onWritten(Written written) {
    if (written.failure() != null) {
      getContext().getLog().debug("a report was lost: {}", written.failure().toString());
    }
    return this;
  }

  private Behavior<Command> onPostStop(PostStop signal) throws Exception {
    subscription.close();
    return this;
  }
}
