package io.ordinal.controller.boot;

import java.time.Duration;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Keeps an actor going that the whole cluster has only one of: when a fault has ended it, another
 * is begun after a pause. The cluster itself would go without it until the next change of
 * controllers.
 */
final class Kept<M> extends AbstractBehavior<Kept.Begin> {
  /** Begins the actor. Said by itself. */
  record Begin() {}

  private final Behavior<M> behavior;
  private final TimerScheduler<Begin> timers;
  private final Duration pause;
  private long lives;

  static <M> Behavior<Begin> going(Behavior<M> behavior, Duration pause) {
    if (pause.isNegative() || pause.isZero()) {
      throw new IllegalArgumentException(
          "ordinal.singletons.begin-anew-after must be positive, got " + pause);
    }
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new Kept<>(context, timers, behavior, pause)));
  }

  private Kept(
      ActorContext<Begin> context,
      TimerScheduler<Begin> timers,
      Behavior<M> behavior,
      Duration pause) {
    super(context);
    this.timers = timers;
    this.behavior = behavior;
    this.pause = pause;
    onBegin(new Begin());
  }

  @Override
  public Receive<Begin> createReceive() {
    return newReceiveBuilder()
        .onMessage(Begin.class, this::onBegin)
        .onSignal(Terminated.class, this::onTerminated)
        .build();
  }

  private Behavior<Begin> onBegin(Begin begin) {
    lives++;
    getContext().watch(getContext().spawn(behavior, "life-" + lives));
    return this;
  }

  private Behavior<Begin> onTerminated(Terminated ended) {
    getContext().getLog().error("{} has ended and begins anew", ended.getRef().path());
    timers.startSingleTimer(new Begin(), pause);
    return this;
  }
}
