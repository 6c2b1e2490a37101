package io.ordinal.controller.replica;

import io.ordinal.controller.model.NodeStanding;
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
import io.ordinal.controller.replica.ReplicaCommand.Noted;
import io.ordinal.controller.replica.ReplicaCommand.Reported;
import io.ordinal.controller.replica.ReplicaCommand.ToItself;
import io.ordinal.controller.replica.ReplicaCommand.Wake;
import io.ordinal.controller.replica.ReplicaState.Living;
import io.ordinal.controller.replica.ReplicaState.Pending;
import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.controller.replica.ReplicaState.Releasing;
import io.ordinal.controller.replica.ReplicaState.Stay;
import io.ordinal.controller.replica.ReplicaState.Vacant;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.agent.LifeStatus.Phase;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Revision;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
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
  private final Runnable passivate;
  private final ActorContext<ReplicaCommand> context;
  private final TimerScheduler<ReplicaCommand> timers;
  private final PodNews news;
  private final Lookout lookout;

  /**
   * @param passivate asks sharding to let this actor go
   */
  static Behavior<ReplicaCommand> create(
      ReplicaId replica,
      Surroundings world,
      ReplicaSettings settings,
      Consumer<ActorRef<ReplicaCommand>> passivate) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new Replica(replica, world, settings, passivate, context, timers)));
  }

  private Replica(
      ReplicaId replica,
      Surroundings world,
      ReplicaSettings settings,
      Consumer<ActorRef<ReplicaCommand>> passivate,
      ActorContext<ReplicaCommand> context,
      TimerScheduler<ReplicaCommand> timers) {
    super(
        PersistenceId.ofUniqueId(replica.toString()),
        SupervisorStrategy.restartWithBackoff(settings.restartMin(), settings.restartMax(), 0.1)
            .withLogLevel(Level.WARN));
    this.replica = replica;
    this.world = world;
    this.settings = settings;
    this.passivate = () -> passivate.accept(context.getSelf());
    this.context = context;
    this.timers = timers;
    this.news = new PodNews(world.events());
    this.lookout = new Lookout(replica, world, context);
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
    see(held);
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
                .persist(held.next(write.next(), Decision.PLAIN))
                .thenRun(
                    saved -> {
                      note(report);
                      drive(saved);
                    });
          }

          @Override
          public Effect<Held> known(Reporting.Known known) {
            note(report);
            return Effect().none();
          }

          @Override
          public Effect<Held> over(Reporting.Over over) {
            bury(report);
            return Effect().none();
          }

          @Override
          public Effect<Held> elsewhere(Reporting.Elsewhere elsewhere) {
            see(held);
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
      see(held);
    }
    return Effect().none();
  }

  private Effect<Held> onAgain(Held held, Again command) {
    act(held);
    see(held);
    if (held.state() instanceof Vacant) passivate.run();
    return Effect().none();
  }

  private Effect<Held> onSighted(Held held, Sighted sighted) {
    boolean again = lookout.done();
    if (!(held.state() instanceof Pending pending)
        || !pending.incarnation().equals(sighted.life())) {
      return Effect().none(); // Of an earlier life.
    }
    PodDocument pod = pending.life().pod();
    if (sighted.sighting() instanceof Placer.Fit fit) {
      Stay stay = new Stay(fit.node().session(), fit.fenced(), 0);
      PodDocument there = PodPlacement.placed(pod, fit.node(), now());
      return Effect()
          .persist(held.next(pending.place(stay, fit.claims(), there), fit.decision()))
          .thenRun(
              saved -> {
                drive(saved);
                news.scheduled(there, fit.node().session().node().value());
              });
    }
    String why = ((Placer.Nowhere) sighted.sighting()).why();
    PodDocument waiting = PodPlacement.unschedulable(pod, why, now());
    if (again) lookout.look(pending);
    if (waiting.equals(pod)) return Effect().none();
    return Effect()
        .persist(held.next(pending.with(pending.life().with(waiting)), Decision.PLAIN))
        .thenRun(() -> news.failedScheduling(waiting, why));
  }

  private Effect<Held> onSeen(Held held, Seen seen) {
    boolean again = lookout.done();
    Optional<NodeStanding> over = seen.sight().over();
    Optional<Stay> stay = held.state().whereabouts();
    boolean current =
        held.state().incarnation().equals(seen.life())
            && over.isPresent()
            && stay.filter(there -> there.session().equals(over.get().session())).isPresent();
    if (again) see(held);
    if (!current) return Effect().none();
    Optional<Afterlife.Move> move =
        Afterlife.of((Living) held.state(), over.get(), seen.sight().next(), now());
    if (move.isEmpty()) return Effect().none();
    return Effect()
        .persist(held.next(move.get().next(), move.get().decision()))
        .thenRun(
            saved -> {
              drive(saved);
              if (move.get().lost()) {
                news.nodeLost(held.state().pod().orElseThrow(), "lost " + over.get().session());
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
    if (still) bury(checked.report());
    return Effect().none();
  }

  private Effect<Held> onReadFailed(Held held, ReadFailed failed) {
    lookout.done();
    context.getLog().debug("{} could not look at the store, tries again", replica, failed.cause());
    return Effect().none();
  }

  private Effect<Held> onLeave(Held held, Leave command) {
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
              Receipt receipt = saved.acknowledged();
              asker.tell(
                  new Verdict.Done<>(
                      receipt
                          .pod()
                          .orElseGet(() -> requests(held).afterwards(write.next(), receipt.at()))));
            });
  }

  /** Acts on a state that is committed, and sees to it that it is done again later. */
  private void drive(Held held) {
    timers.startTimerWithFixedDelay(Again.class, new Again(), settings.patience(held.state()));
    act(held);
  }

  /** Everything here is repeated at will: receivers tell lives apart by the incarnation. */
  private void act(Held held) {
    ReplicaState state = held.state();
    if (state instanceof Pending pending) lookout.look(pending);
    if (state instanceof Placed placed && placed.stay().noted() == 0) {
      world
          .agents()
          .tell(placed.stay().session(), new AgentCommand.Start(replica, placed.incarnation()));
    }
    if (state instanceof Releasing releasing) {
      Duration left = Duration.between(now(), releasing.stopBy());
      world
          .agents()
          .tell(
              releasing.stay().session(),
              new AgentCommand.Stop(
                  replica, releasing.incarnation(), left.isNegative() ? Duration.ZERO : left));
    }
  }

  private void see(Held held) {
    held.state()
        .whereabouts()
        .ifPresent(stay -> lookout.see(held.state().incarnation(), stay.session()));
  }

  private void note(Reported report) {
    LifeStatus status = report.status();
    report.replyTo().tell(new Noted(replica, status.incarnation(), status.version()));
  }

  /** A life that is over for good: what still runs of it must go. */
  private void bury(Reported report) {
    LifeStatus status = report.status();
    if (status.phase() != Phase.ENDED) {
      world
          .agents()
          .tell(
              report.session(),
              new AgentCommand.Stop(replica, status.incarnation(), Duration.ZERO));
    }
    note(report);
  }

  private Requests requests(Held held) {
    return new Requests(held, now());
  }

  private Instant now() {
    return world.clock().instant().truncatedTo(ChronoUnit.MILLIS); // As records keep it.
  }
}
