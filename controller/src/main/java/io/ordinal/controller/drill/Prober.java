package io.ordinal.controller.drill;

import io.ordinal.controller.document.drill.DrillStatus.Requests;
import io.ordinal.controller.node.MonotonicClock;
import io.ordinal.protocol.id.ReplicaId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * The probing client of one drill: asks every observed replica again and again at the address that
 * it had last, whether or not earlier requests were answered.
 */
final class Prober extends AbstractBehavior<Prober.Command> {
  sealed interface Command {}

  /** Where a replica is reached from now on. */
  record Reach(ReplicaId replica, String address) implements Command {}

  private record Tick() implements Command {}

  private record Answered(ReplicaId replica, Duration sentAt, boolean served) implements Command {}

  /** What it needs of the world. */
  record Means(ProbeClient client, MonotonicClock watch, Testimonies testimonies) {}

  private final String drill;
  private final Question question;
  private final Means means;
  private final Map<ReplicaId, String> addresses = new HashMap<>();
  private final Map<ReplicaId, Tally> tallies = new HashMap<>();

  /**
   * @param drill its uid
   */
  static Behavior<Command> create(String drill, Question question, Means means) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new Prober(context, timers, drill, question, means)));
  }

  private Prober(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      String drill,
      Question question,
      Means means) {
    super(context);
    this.drill = drill;
    this.question = question;
    this.means = means;
    timers.startTimerAtFixedRate(new Tick(), question.interval());
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Reach.class, this::onReach)
        .onMessage(Tick.class, this::onTick)
        .onMessage(Answered.class, this::onAnswered)
        .build();
  }

  private Behavior<Command> onReach(Reach reach) {
    addresses.put(reach.replica(), reach.address());
    tallies.computeIfAbsent(reach.replica(), replica -> Tally.from(means.watch().elapsed()));
    return this;
  }

  private Behavior<Command> onTick(Tick tick) {
    addresses.forEach(
        (replica, address) -> {
          Duration sentAt = means.watch().elapsed();
          getContext()
              .pipeToSelf(
                  means.client().ask(address, question),
                  (served, failure) -> new Answered(replica, sentAt, failure == null && served));
        });
    return this;
  }

  private Behavior<Command> onAnswered(Answered answered) {
    tallies.computeIfPresent(
        answered.replica(),
        (replica, tally) ->
            answered.served() ? tally.answered(answered.sentAt()) : tally.lost(answered.sentAt()));
    Map<ReplicaId, Requests> told = new HashMap<>();
    tallies.forEach((replica, tally) -> told.put(replica, tally.told()));
    means.testimonies().asked(drill, told);
    return this;
  }
}
