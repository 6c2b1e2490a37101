package io.ordinal.controller.replica;

import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.View;
import io.ordinal.protocol.id.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/**
 * Wakes every replica that has a pod, after the start, when a controller went, and slowly again:
 * their actors go on where their states are, even if nobody speaks to them.
 */
final class ReplicaWaker extends AbstractBehavior<ReplicaWaker.Command> {
  sealed interface Command extends NoSerializationVerificationNeeded {}

  private record Scan() implements Command {}

  private record Scanned(List<ReplicaId> replicas) implements Command {}

  private record ScanFailed(Throwable cause) implements Command {}

  private record ScanSoon() implements Command {}

  /** The actors that it hosted are nowhere now. */
  private record ControllerGone(ClusterEvent.MemberRemoved event) implements Command {}

  private final Replicas replicas;
  private final ObjectStore store;
  private final TimerScheduler<Command> timers;
  private final ReplicaSettings settings;
  private int scansSoon;

  static Behavior<Command> create(Replicas replicas, ObjectStore store, ReplicaSettings settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(new Scan(), settings.scan());
                  context.getSelf().tell(new Scan());
                  subscribe(context);
                  return new ReplicaWaker(context, timers, replicas, store, settings);
                }));
  }

  private ReplicaWaker(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Replicas replicas,
      ObjectStore store,
      ReplicaSettings settings) {
    super(context);
    this.timers = timers;
    this.settings = settings;
    this.replicas = replicas;
    this.store = store;
  }

  private static void subscribe(ActorContext<Command> context) {
    Class<ClusterEvent.MemberRemoved> event = ClusterEvent.MemberRemoved.class;
    Cluster.get(context.getSystem())
        .subscriptions()
        .tell(Subscribe.create(context.messageAdapter(event, ControllerGone::new), event));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Scan.class, this::onScan)
        .onMessage(Scanned.class, this::onScanned)
        .onMessage(ScanFailed.class, this::onScanFailed)
        .onMessage(ScanSoon.class, this::onScanSoon)
        .onMessage(ControllerGone.class, this::onControllerGone)
        .build();
  }

  private Behavior<Command> onScan(Scan scan) {
    getContext()
        .pipeToSelf(
            store.read(Freshness.LOCAL, ReplicaWaker::living),
            (found, failure) -> failure == null ? new Scanned(found) : new ScanFailed(failure));
    return this;
  }

  private Behavior<Command> onScanned(Scanned scanned) {
    scanned.replicas().forEach(replica -> replicas.tell(new ReplicaCommand.Wake(replica)));
    return this;
  }

  private Behavior<Command> onScanFailed(ScanFailed failed) {
    getContext().getLog().debug("could not scan for pods, tries again", failed.cause());
    return this;
  }

  /** For a while what is said to the replicas still goes to where they were. */
  private Behavior<Command> onControllerGone(ControllerGone gone) {
    scansSoon = settings.scansSoon();
    return onScanSoon(new ScanSoon());
  }

  private Behavior<Command> onScanSoon(ScanSoon scan) {
    scansSoon--;
    if (scansSoon > 0) timers.startSingleTimer(new ScanSoon(), settings.scanSoon());
    return onScan(new Scan());
  }

  /** Replicas that are not vacant are those that have a pod. */
  private static List<ReplicaId> living(View view) {
    List<ReplicaId> found = new ArrayList<>();
    view.scan(
        ReplicaRecords.PODS,
        "",
        pod -> found.add(new ReplicaId(pod.key().namespace(), pod.key().name())));
    return found;
  }
}
