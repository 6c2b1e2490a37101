package io.ordinal.controller.cluster;

import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.Operation;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.RecordCondition;
import io.ordinal.controller.store.Transaction;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.Reachability;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.Subscribe;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Downs members that cannot be reached, once the store took the decision: only a side that can
 * commit downs anybody. Without a majority it waits and nothing happens. A decision of any other
 * member is carried out as one's own.
 */
final class Downing extends AbstractBehavior<Downing.Command> {
  /** Told by the cluster, its timer and the store. */
  sealed interface Command {}

  /** Which member cannot reach which. */
  private record Reached(ClusterEvent.ReachabilityChanged event) implements Command {}

  private record Look() implements Command {}

  private record Read(Records records) implements Command {}

  private record Decided(DowningRecord decision, Outcome outcome) implements Command {}

  private record Undecided(Throwable cause) implements Command {}

  private final ClusterParts parts;
  private final TimerScheduler<Command> timers;
  private final Seat self;
  private final long formation;
  private final Cluster cluster;
  private final Map<DowningPlan.Complaint, Duration> since = new HashMap<>();
  private boolean deciding;

  static Behavior<Command> create(ClusterParts parts, Seat self, long formation) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new Downing(context, timers, parts, self, formation)));
  }

  private Downing(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ClusterParts parts,
      Seat self,
      long formation) {
    super(context);
    this.parts = parts;
    this.timers = timers;
    this.self = self;
    this.formation = formation;
    this.cluster = Cluster.get(context.getSystem());
    // Pekko keeps this event to itself; without who complains about whom, a broken line between two
    // members would down both. A test notices if it goes away.
    Class<ClusterEvent.ReachabilityChanged> event = ClusterEvent.ReachabilityChanged.class;
    cluster
        .subscriptions()
        .tell(Subscribe.create(context.messageAdapter(event, Reached::new), event));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Reached.class, this::onReached)
        .onMessage(Look.class, this::onLook)
        .onMessage(Read.class, this::onRead)
        .onMessage(Decided.class, this::onDecided)
        .onMessage(Undecided.class, this::onUndecided)
        .build();
  }

  private Behavior<Command> onReached(Reached reached) {
    Set<DowningPlan.Complaint> now = new HashSet<>();
    for (Reachability.Record each :
        CollectionConverters.asJava(reached.event().reachability().records())) {
      if (each.status() == Reachability.Reachable$.MODULE$) continue;
      now.add(new DowningPlan.Complaint(Seat.of(each.observer()), Seat.of(each.subject())));
    }
    if (now.equals(since.keySet())) return this;
    since.keySet().retainAll(now);
    now.forEach(each -> since.putIfAbsent(each, parts.elapsed().get()));
    getContext().getLog().info("unreachable: {}", now);
    lookAgain();
    return this;
  }

  private void lookAgain() {
    if (!since.isEmpty() && !timers.isTimerActive(Look.class)) {
      timers.startSingleTimer(Look.class, new Look(), parts.settings().decideAgain());
    }
  }

  private Behavior<Command> onLook(Look look) {
    lookAgain();
    if (deciding || victims(situation()).isEmpty()) return this;
    deciding = true;
    getContext()
        .pipeToSelf(
            parts.store().read(Freshness.LINEARIZABLE, Records::in),
            (records, failure) -> failure == null ? new Read(records) : new Undecided(failure));
    return this;
  }

  /** Looked at once more: the read may have taken long, and they may be back. */
  private Behavior<Command> onRead(Read read) {
    Records records = read.records();
    if (records.number() != formation || records.downed(self)) {
      deciding = false; // Not ours to decide; the formation will end this actor system.
      return this;
    }
    DowningRecord former = records.downing().orElseGet(() -> DowningRecord.none(formation, self));
    carryOut(former);
    Set<Seat> victims = victims(situation().after(former));
    if (victims.isEmpty()) deciding = false;
    else propose(records, former.and(self, victims));
    return this;
  }

  private void propose(Records records, DowningRecord decision) {
    Transaction transaction =
        new Transaction(
            List.of(
                new Operation.ExpectRecord(
                    FormationRecord.KEY, RecordCondition.at(records.formationVersion())),
                new Operation.PutRecord(
                    DowningRecord.KEY,
                    decision.bytes(),
                    RecordCondition.at(records.downingVersion()))));
    getContext()
        .pipeToSelf(
            parts.store().commit(transaction),
            (outcome, failure) ->
                failure == null ? new Decided(decision, outcome) : new Undecided(failure));
  }

  private Behavior<Command> onDecided(Decided decided) {
    deciding = false;
    if (decided.outcome() instanceof Outcome.Committed) carryOut(decided.decision());
    return this; // Refused: another decision came first. The next look reads it.
  }

  private Behavior<Command> onUndecided(Undecided failed) {
    deciding = false;
    getContext()
        .getLog()
        .info("nobody is downed, the store cannot decide: {}", failed.cause().toString());
    return this;
  }

  /** By address, so only while the very actor system that was named is the one there. */
  private void carryOut(DowningRecord decision) {
    Set<Seat> members = members();
    for (Seat downed : decision.downed()) {
      if (!members.contains(downed) || downed.equals(self)) continue;
      getContext().getLog().warn("{} is downed by decision of {}", downed, decision.decider());
      cluster.manager().tell(new Down(downed.address(getContext().getSystem().name())));
    }
  }

  private Set<Seat> victims(DowningPlan.Situation situation) {
    return DowningPlan.victims(situation, parts.settings().stableAfter());
  }

  private DowningPlan.Situation situation() {
    Duration now = parts.elapsed().get();
    Map<DowningPlan.Complaint, Duration> ages = new HashMap<>();
    since.forEach((complaint, from) -> ages.put(complaint, now.minus(from)));
    return new DowningPlan.Situation(self, members(), ages);
  }

  private Set<Seat> members() {
    return StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
        .filter(each -> !each.status().equals(MemberStatus.down()))
        .map(each -> Seat.of(each.uniqueAddress()))
        .collect(Collectors.toSet());
  }
}
