package io.ordinal.controller.drill;

import io.ordinal.controller.document.drill.DrillStatus.Service;
import io.ordinal.controller.node.MonotonicClock;
import io.ordinal.controller.replica.Basis;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.RecordKey;
import io.ordinal.controller.store.Transaction;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * The client of the controllers during one drill: writes through this controller, one write after
 * the other, and looks whether the sets have got another controller, which begins with a higher
 * term.
 */
final class ServiceProber extends AbstractBehavior<ServiceProber.Command> {
  private static final RecordKey TERM = new RecordKey(Basis.TERM_FAMILY, Basis.TERM_ID);

  sealed interface Command {}

  private record Tick() implements Command {}

  private record Wrote(boolean acknowledged) implements Command {}

  private record Looked(Optional<Long> term) implements Command {}

  /** What it needs of the world. */
  record Means(ObjectStore store, MonotonicClock watch, Testimonies testimonies) {}

  private final TimerScheduler<Command> timers;
  private final String drill;
  private final Duration began;
  private final Means means;
  private final DrillSettings settings;
  private Tally writes;
  private Optional<Long> term = Optional.empty();
  private Optional<Long> sequencing = Optional.empty();

  /**
   * @param drill its uid
   * @param began when the fault was sent, by the clock of these means
   */
  static Behavior<Command> create(
      String drill, Duration began, Means means, DrillSettings settings) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new ServiceProber(context, timers, drill, began, means, settings)));
  }

  private ServiceProber(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      String drill,
      Duration began,
      Means means,
      DrillSettings settings) {
    super(context);
    this.timers = timers;
    this.drill = drill;
    this.began = began;
    this.means = means;
    this.settings = settings;
    this.writes = Tally.from(means.watch().elapsed());
    look();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Tick.class, this::onTick)
        .onMessage(Wrote.class, this::onWrote)
        .onMessage(Looked.class, this::onLooked)
        .build();
  }

  private Behavior<Command> onTick(Tick tick) {
    getContext()
        .pipeToSelf(
            means
                .store()
                .commit(Transaction.of(DrillRecords.write(drill, writes.sent())))
                .toCompletableFuture()
                .copy()
                .orTimeout(settings.probeTimeout().toMillis(), TimeUnit.MILLISECONDS),
            (outcome, failure) -> new Wrote(failure == null));
    return this;
  }

  private Behavior<Command> onWrote(Wrote wrote) {
    Duration now = means.watch().elapsed();
    writes = wrote.acknowledged() ? writes.answered(now) : writes.lost(now);
    look();
    return this;
  }

  private void look() {
    getContext()
        .pipeToSelf(
            means.store().read(Freshness.LOCAL, view -> view.recordVersion(TERM)),
            (found, failure) -> new Looked(Optional.ofNullable(found)));
  }

  private Behavior<Command> onLooked(Looked looked) {
    if (term.isEmpty()) term = looked.term();
    boolean another = looked.term().isPresent() && !looked.term().equals(term);
    if (another && sequencing.isEmpty()) {
      sequencing = Optional.of(means.watch().elapsed().minus(began).toMillis());
    }
    means.testimonies().served(drill, new Service(writes.told(), sequencing.orElse(null)));
    timers.startSingleTimer(new Tick(), settings.write());
    return this;
  }
}
