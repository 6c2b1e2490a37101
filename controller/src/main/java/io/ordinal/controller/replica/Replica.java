package io.ordinal.controller.replica;

import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.replica.Lookout.Checked;
import io.ordinal.controller.replica.Lookout.ReadFailed;
import io.ordinal.controller.replica.Lookout.Seen;
import io.ordinal.controller.replica.Lookout.Sighted;
import io.ordinal.controller.replica.ReplicaCommand.Amend;
import io.ordinal.controller.replica.ReplicaCommand.Begin;
import io.ordinal.controller.replica.ReplicaCommand.Create;
import io.ordinal.controller.replica.ReplicaCommand.Delete;
import io.ordinal.controller.replica.ReplicaCommand.Edit;
import io.ordinal.controller.replica.ReplicaCommand.End;
import io.ordinal.controller.replica.ReplicaCommand.Reported;
import io.ordinal.controller.replica.ReplicaCommand.ToItself;
import io.ordinal.controller.replica.ReplicaCommand.Wake;
import io.ordinal.controller.replica.ReplicaState.Living;
import io.ordinal.controller.replica.ReplicaState.Pending;
import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.controller.replica.ReplicaState.Vacant;
import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Revision;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.state.RecoveryCompleted;
import org.apache.pekko.persistence.typed.state.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.state.javadsl.DurableStateBehavior;
import org.apache.pekko.persistence.typed.state.javadsl.Effect;
import org.apache.pekko.persistence.typed.state.javadsl.SignalHandler;
import org.slf4j.event.Level;

/**
 * The durable actor of one identity: the only writer of its pod. Persists what was decided, then
 * acts; after recovery it acts again. Everything it decides is in the pure classes beside it.
 */
final class Replica extends DurableStateBehavior<ReplicaCommand, Held> {
  static final String PLUGIN = "ordinal.persistence.durable-state";

  /** Look again at whatever this state waits for. */
  private record Again() implements ToItself {}

  /** Sharding asks the actor to go. */
  record Leave() implements ToItself {}

  private final ReplicaId replica;
  private final Surroundings world;
  private final ReplicaSettings settings;
  private final Residence residence;
  private final ActorContext<ReplicaCommand> context;
  private final TimerScheduler<ReplicaCommand> timers;
  private final PodNews news;
  private final Lookout lookout;
  private final Conduct conduct;
  private final Expulsion expulsion;

  /**
   * @param residence lets this actor go
   */
  static Behavior<ReplicaCommand> create(
      ReplicaId replica, Surroundings world, ReplicaSettings settings, Residence residence) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new Replica(replica, world, settings, residence, context, timers)));
  }

  private Replica(
      ReplicaId replica,
      Surroundings world,
      ReplicaSettings settings,
      Residence residence,
      ActorContext<ReplicaCommand> context,
      TimerScheduler<ReplicaCommand> timers) {
    super(
        PersistenceId.ofUniqueId(replica.toString()),
        SupervisorStrategy.restartWithBackoff(settings.restartMin(), settings.restartMax(), 0.1)
            .withLogLevel(Level.WARN));
    this.replica = replica;
    this.world = world;
    this.settings = settings;
    this.residence = residence;
    this.context = context;
    this.timers = timers;
    this.news = new PodNews(world.events());
    this.lookout = new Lookout(replica, world, context);
    this.conduct = new Conduct(replica, world, settings.stopOverdue());
    this.expulsion = new Expulsion(settings.addressPatience(), settings.passOver());
  }

  @Override
  public String durableStateStorePluginId() {
    return PLUGIN;
  }

  @Override
  public Held emptyState() {
    // Never used: the store gives every replica its state, with the revision that it was read at.
    return Held.recovered(replica, Vacant.FRESH, new Receipt(Optional.empty(), Revision.ZERO));
  }

  @Override
  public CommandHandler<ReplicaCommand, Held> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(Begin.class, this::onBegin)
        .onCommand(End.class, this::onEnd)
        .onCommand(Amend.class, this::onAmend)
        .onCommand(Create.class, this::onCreate)
        .onCommand(Edit.class, this::onEdit)
        .onCommand(Delete.class, this::onDelete)
        .onCommand(Reported.class, this::onReported)
        .onCommand(Wake.class, this::onWake)
        .onCommand(Again.class, this::onAgain)
        .onCommand(Sighted.class, this::onSighted)
        .onCommand(Seen.class, this::onSeen)
        .onCommand(Checked.class, this::onChecked)
        .onCommand(ReadFailed.class, this::onReadFailed)
        .onCommand(Leave.class, this::onLeave)
        .build();
  }

  @Override
  public SignalHandler<Held> signalHandler() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::onRecoveryCompleted)
        .build();
  }

  private void onRecoveryCompleted(Held held) {
    lookout.done();
    drive(held);
    see(held, Freshness.LOCAL);
  }

  private Effect<Held> onBegin(Held held, Begin command) {
    return follow(held, requests(held).begin(command, world.ids()), command.replyTo());
  }

  private Effect<Held> onEnd(Held held, End command) {
    return follow(held, requests(held).end(command), command.replyTo());
  }

  private Effect<Held> onAmend(Held held, Amend command) {
    return follow(held, requests(held).amend(command, world.ids()), command.replyTo());
  }

  private Effect<Held> onCreate(Held held, Create command) {
    return follow(held, requests(held).create(command, world.ids()), command.replyTo());
  }

  private Effect<Held> onEdit(Held held, Edit command) {
    return follow(held, requests(held).edit(command), command.replyTo());
  }

  private Effect<Held> onDelete(Held held, Delete command) {
    return follow(held, requests(held).delete(command), command.replyTo());
  }

  private Effect<Held> onReported(Held held, Reported report) {
    Reporting.Step step = Reporting.take(held.state(), report.session(), report.status(), now());
    return step.match(
        new Reporting.Cases<>() {
          @Override
          public Effect<Held> write(Reporting.Write write) {
            return Effect()
                .persist(held.next(write.next(), TakenVolumes.reported(held.state(), write.next())))
                .thenRun(
                    saved -> {
                      conduct.note(report);
                      drive(saved);
                    });
          }

          @Override
          public Effect<Held> known(Reporting.Known known) {
            conduct.note(report);
            return Effect().none();
          }

          @Override
          public Effect<Held> over(Reporting.Over over) {
            conduct.bury(report);
            return Effect().none();
          }

          @Override
          public Effect<Held> elsewhere(Reporting.Elsewhere elsewhere) {
            see(held, Freshness.LINEARIZABLE);
            return Effect().none();
          }

          @Override
          public Effect<Held> unheardOf(Reporting.UnheardOf unheardOf) {
            lookout.check(report);
            return Effect().none();
          }
        });
  }

  private Effect<Held> onWake(Held held, Wake command) {
    if (!(held.state() instanceof Vacant)) {
      act(held);
      see(held, Freshness.LINEARIZABLE); // This copy of the store may be behind the news.
    }
    return Effect().none();
  }

  private Effect<Held> onAgain(Held held, Again command) {
    act(held);
    see(held, Freshness.LOCAL);
    if (held.state() instanceof Vacant) residence.leave(context.getSelf());
    return Effect().none();
  }

  private Effect<Held> onSighted(Held held, Sighted sighted) {
    boolean again = lookout.done();
    if (!(held.state() instanceof Pending pending)
        || !pending.incarnation().equals(sighted.life())) {
      return Effect().none(); // Of an earlier life.
    }
    Optional<Placing.Move> move = Placing.of(pending, sighted.sighting(), now());
    boolean placed = move.filter(each -> each.next() instanceof Placed).isPresent();
    if (again && !placed) lookout.look(pending, expulsion.passedOver(now()));
    if (move.isEmpty()) return Effect().none();
    return Effect()
        .persist(held.next(move.get().next(), move.get().decision()))
        .thenRun(
            saved -> {
              if (placed) drive(saved);
              move.get().telling().accept(news);
            });
  }

  private Effect<Held> onSeen(Held held, Seen seen) {
    if (lookout.done()) see(held, Freshness.LINEARIZABLE);
    StandingSight sight = seen.sight();
    boolean current =
        held.state().incarnation().equals(seen.life())
            && held.state()
                .whereabouts()
                .filter(stay -> stay.session().equals(sight.session()))
                .isPresent();
    if (!current) return Effect().none();
    if (sight.over().isPresent()) return afterwards(held, sight);
    if (!(held.state() instanceof Placed placed)) return Effect().none();
    conduct.complain(placed, Vigil.lacks(placed, sight), now());
    Optional<Expulsion.Leave> leave = expulsion.of(placed, sight, now());
    leave.ifPresent(each -> again(Duration.between(now(), each.at())));
    if (leave.filter(each -> !each.at().isAfter(now())).isPresent()) {
      ReplicaState leaving = Deletion.asked(placed, Optional.empty(), now());
      return Effect()
          .persist(held.next(leaving, Decision.PLAIN))
          .thenRun(
              saved -> {
                drive(saved);
                leave.get().telling().accept(news, placed.life().pod());
              });
    }
    Optional<Placed> next = Vigil.of(placed, sight, lastSequenceNumber(context) + 1, now());
    if (next.isEmpty()) return Effect().none();
    return Effect().persist(held.next(next.get(), Decision.PLAIN)).thenRun(this::drive);
  }

  private void again(Duration pause) {
    Duration least = settings.restartMin();
    Duration wait = pause.compareTo(least) < 0 ? least : pause;
    timers.startSingleTimer(ReadFailed.class, new Again(), wait);
  }

  private Effect<Held> afterwards(Held held, StandingSight sight) {
    Optional<Afterlife.Move> move = Afterlife.of((Living) held.state(), sight, now());
    if (move.isEmpty()) return Effect().none();
    return Effect()
        .persist(held.next(move.get().next(), move.get().decision()))
        .thenRun(
            saved -> {
              drive(saved);
              if (move.get().lost()) {
                news.nodeLost(held.state().pod().orElseThrow(), "lost " + sight.session());
              }
            });
  }

  /** Whether this actor is the current one, now that somebody speaks of a life it does not know. */
  private Effect<Held> onChecked(Held held, Checked checked) {
    long own = lastSequenceNumber(context);
    if (checked.version() > own) {
      context.getLog().info("{} is not the current actor of this replica any more", replica);
      return Effect().stop();
    }
    if (checked.version() < own) {
      lookout.check(checked.report()); // It wrote since it looked.
      return Effect().none();
    }
    boolean still =
        checked.report().status().incarnation().isAfter(held.state().incarnation())
            || held.state() instanceof Pending;
    if (still) conduct.bury(checked.report());
    return Effect().none();
  }

  private Effect<Held> onReadFailed(Held held, ReadFailed failed) {
    lookout.done();
    context.getLog().debug("{} could not look at the store, tries again", replica, failed.cause());
    again(settings.startAgain()); // A hint may have been lost with it.
    return Effect().none();
  }

  private Effect<Held> onLeave(Held held, Leave command) {
    if (!(held.state() instanceof Vacant)) residence.callElsewhere();
    return Effect().stop();
  }

  private Effect<Held> follow(Held held, Step step, ActorRef<Verdict<StoredObject>> asker) {
    if (step instanceof Step.Answer answer) {
      asker.tell(answer.verdict());
      return Effect().none();
    }
    Step.Write write = (Step.Write) step;
    Held next = held.next(write.next(), write.decision());
    next.receipt()
        .whenComplete(
            (receipt, failure) -> {
              if (failure != null) asker.tell(Answers.failed(replica, failure));
            });
    return Effect()
        .persist(next)
        .thenRun(
            saved -> {
              drive(saved);
              if (failoverChanged(held, saved)) see(saved, Freshness.LOCAL);
              Receipt receipt = saved.acknowledged();
              asker.tell(
                  new Verdict.Done<>(
                      receipt
                          .pod()
                          .orElseGet(() -> requests(held).afterwards(write.next(), receipt.at()))));
            });
  }

  private static boolean failoverChanged(Held before, Held after) {
    return after.state() instanceof Placed
        && !Failover.choice(before).equals(Failover.choice(after));
  }

  /** Acts on a state that is committed, and sees to it that it is done again later. */
  private void drive(Held held) {
    timers.startTimerWithFixedDelay(Again.class, new Again(), settings.patience(held.state()));
    act(held);
  }

  private void act(Held held) {
    if (held.state() instanceof Pending pending) lookout.look(pending, expulsion.passedOver(now()));
    conduct.towards(held.state(), now());
  }

  private void see(Held held, Freshness freshness) {
    held.state().whereabouts().ifPresent(stay -> lookout.see(held.state(), stay, freshness));
  }

  private Requests requests(Held held) {
    return new Requests(held, now());
  }

  private Instant now() {
    return world.clock().instant().truncatedTo(ChronoUnit.MILLIS); // As records keep it.
  }
}
