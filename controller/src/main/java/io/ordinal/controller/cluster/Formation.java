package io.ordinal.controller.cluster;

import io.ordinal.controller.store.Freshness;
import io.ordinal.controller.store.Outcome;
import io.ordinal.controller.store.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.apache.pekko.cluster.typed.SelfRemoved;
import org.apache.pekko.cluster.typed.SelfUp;
import org.apache.pekko.cluster.typed.Subscribe;

/**
 * Brings this actor system into the cluster that the store names, or founds it, and tells when it
 * is not part of it any more. Outside -> joining -> inside -> outdated; never back.
 */
public final class Formation extends AbstractBehavior<Formation.Command> {
  /** What it hears: questions of others, and its own timers and reads. */
  public sealed interface Command
      permits FormationMessage,
          Look,
          Read,
          NotRead,
          Introduced,
          Founded,
          NotWritten,
          Answered,
          CameUp,
          WasRemoved {}

  /** Must stand at this name below {@code /user}, where the others ask. */
  public static final String ACTOR_NAME = "formation";

  record Look() implements Command {}

  record Read(Records records) implements Command {}

  record NotRead(Throwable cause) implements Command {}

  record Introduced(Outcome outcome) implements Command {}

  record Founded(long number, long version, Outcome outcome) implements Command {}

  record NotWritten(Throwable cause) implements Command {}

  record Answered(Optional<Throwable> failure) implements Command {}

  record CameUp(SelfUp event) implements Command {}

  record WasRemoved(SelfRemoved event) implements Command {}

  private static final String OUT_OF_CLUSTER = "downed or removed by the others";

  private final ClusterParts parts;
  private final ClusterSettings settings;
  private final TimerScheduler<Command> timers;
  private final ControllerRecord self;
  private final Membership membership;
  private final Cluster cluster;
  private final FormationSteps steps;
  private final Inquiry inquiry;
  private boolean obstructed;

  /** Of the formation that it is in; 0 while outside. */
  private long number;

  /** Of the formation that it asked last to be let into, and when; 0 before it asked. */
  private long joining;

  private long joiningVersion;

  private Duration joiningSince = Duration.ZERO;

  /**
   * @param self as it is to stand in the store
   * @param membership is told how it goes
   */
  public static Behavior<Command> create(
      ClusterParts parts, ControllerRecord self, Membership membership) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new Formation(context, timers, parts, self, membership)));
  }

  private Formation(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      ClusterParts parts,
      ControllerRecord self,
      Membership membership) {
    super(context);
    this.parts = parts;
    this.settings = parts.settings();
    this.timers = timers;
    this.self = self;
    this.membership = membership;
    this.cluster = Cluster.get(context.getSystem());
    this.steps = new FormationSteps();
    this.inquiry = new Inquiry(settings, parts.elapsed());
    cluster
        .subscriptions()
        .tell(Subscribe.create(context.messageAdapter(SelfUp.class, CameUp::new), SelfUp.class));
    cluster
        .subscriptions()
        .tell(
            Subscribe.create(
                context.messageAdapter(SelfRemoved.class, WasRemoved::new), SelfRemoved.class));
    context.getSelf().tell(new Look());
  }

  /** This actor system's seat. */
  public static Seat seat(org.apache.pekko.actor.typed.ActorSystem<?> system) {
    return Seat.of(Cluster.get(system).selfMember().uniqueAddress());
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(FormationMessage.Question.class, this::onQuestion)
        .onMessage(FormationMessage.Answer.class, this::onAnswer)
        .onMessage(Look.class, this::onLook)
        .onMessage(Read.class, this::onRead)
        .onMessage(NotRead.class, this::onNotRead)
        .onMessage(Introduced.class, this::onIntroduced)
        .onMessage(Founded.class, this::onFounded)
        .onMessage(NotWritten.class, this::onNotWritten)
        .onMessage(Answered.class, this::onAnswered)
        .onMessage(CameUp.class, this::onCameUp)
        .onMessage(WasRemoved.class, this::onWasRemoved)
        .build();
  }

  private Behavior<Command> onQuestion(FormationMessage.Question question) {
    question.replyTo().tell(new FormationMessage.Answer(self.seat(), number));
    return this;
  }

  private Behavior<Command> onAnswer(FormationMessage.Answer answer) {
    inquiry.heard(answer);
    return this;
  }

  /** Outside it matters that nothing newer is there; inside a local copy will be told in time. */
  private Behavior<Command> onLook(Look look) {
    if (joining > 0 && number == 0 && admitted()) enter(joining, joiningVersion);
    if (joining > 0 && number == 0 && patient()) {
      lookAgain(settings.askAgain());
      return this;
    }
    Freshness freshness = number == 0 ? Freshness.LINEARIZABLE : Freshness.LOCAL;
    getContext()
        .pipeToSelf(
            parts.store().read(freshness, Records::in),
            (records, failure) -> failure == null ? new Read(records) : new NotRead(failure));
    return this;
  }

  /** Admitted is who has a status. */
  private boolean admitted() {
    return !cluster.selfMember().status().equals(MemberStatus.removed());
  }

  /** A request that nobody answers is made anew; the answer to the first one may still come. */
  private boolean patient() {
    return now().minus(joiningSince).compareTo(settings.joinPatience()) <= 0;
  }

  private Behavior<Command> onRead(Read read) {
    obstructed = false;
    inquiry.read(read.records());
    FormationStep step =
        number == 0
            ? FormationPlan.outside(inquiry.outside(self, read.records()))
            : FormationPlan.inside(self.seat(), number, read.records());
    if (number == 0) ask(read.records());
    return step.match(steps);
  }

  private void ask(Records records) {
    inquiry.asks();
    ActorRef<FormationMessage.Answer> replyTo = getContext().getSelf().narrow();
    for (ControllerRecord other : records.controllers()) {
      if (other.id().equals(self.id())) continue;
      Adapter.toClassic(getContext())
          .actorSelection(address(other.seat()) + "/user/" + ACTOR_NAME)
          .tell(new FormationMessage.Question(replyTo), Adapter.toClassic(getContext().getSelf()));
    }
  }

  private Behavior<Command> onNotRead(NotRead failed) {
    inquiry.isBlind();
    obstructed("the store cannot say", failed.cause());
    lookAgain(number == 0 ? settings.askAgain() : settings.look());
    return this;
  }

  /** Said once, not at every attempt. */
  private void obstructed(String what, Throwable cause) {
    if (number == 0 && !obstructed) {
      getContext().getLog().warn("no cluster yet, {}: {}", what, cause.toString());
    }
    obstructed = true;
  }

  private Behavior<Command> onIntroduced(Introduced introduced) {
    return lookNow();
  }

  private Behavior<Command> onFounded(Founded founded) {
    if (founded.outcome() instanceof Outcome.Refused) return lookNow(); // Somebody was faster.
    return settle(founded.number(), founded.version());
  }

  private Behavior<Command> onNotWritten(NotWritten failed) {
    obstructed("the store does not take the record", failed.cause());
    lookAgain(settings.askAgain());
    return this;
  }

  private Behavior<Command> onAnswered(Answered answered) {
    String outcome = answered.failure().map(Throwable::toString).orElse("written");
    getContext().getLog().info("formation {} was asked whether it lives: {}", number, outcome);
    lookAgain(settings.look());
    return this;
  }

  private Behavior<Command> onCameUp(CameUp up) {
    if (number == 0) enter(joining, joiningVersion);
    membership.form(number);
    return this;
  }

  private Behavior<Command> onWasRemoved(WasRemoved removed) {
    if (number == 0 && joining == 0) return this;
    return leave(OUT_OF_CLUSTER);
  }

  private Behavior<Command> lookNow() {
    getContext().getSelf().tell(new Look());
    return this;
  }

  private void lookAgain(Duration pause) {
    timers.startSingleTimer(new Look(), pause);
  }

  private Behavior<Command> settle(long founded, long version) {
    getContext().getLog().info("formation {} begins with {}", founded, self.seat());
    enter(founded, version);
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    lookAgain(settings.look());
    return this;
  }

  private void enter(long entered, long version) {
    number = entered;
    membership.enter(version);
    getContext().spawn(Downing.create(parts, self.seat(), entered), "downing");
  }

  private Behavior<Command> leave(String reason) {
    boolean planned =
        CoordinatedShutdown.get(getContext().getSystem()).getShutdownReason().isPresent();
    if (planned) getContext().getLog().info("this actor system leaves the cluster, for a stop");
    else getContext().getLog().warn("this actor system is done: {}", reason);
    // Nobody is told to wait for it, and its own shutdown does not try to leave in order.
    cluster.manager().tell(new Down(cluster.selfMember().address()));
    membership.outdate(reason);
    return Behaviors.stopped();
  }

  private Address address(Seat seat) {
    return seat.address(getContext().getSystem().name());
  }

  private Duration now() {
    return parts.elapsed().get();
  }

  /** Carries out what was decided. */
  private final class FormationSteps implements FormationStep.Cases<Behavior<Command>> {
    @Override
    public Behavior<Command> found(FormationStep.Found step) {
      getContext()
          .pipeToSelf(
              parts.store().commit(FormationWrites.found(step, self)),
              (outcome, failure) ->
                  failure == null
                      ? new Founded(step.number(), step.over() + 1, outcome)
                      : new NotWritten(failure));
      return Formation.this;
    }

    @Override
    public Behavior<Command> challenge(FormationStep.Challenge step) {
      getContext().getLog().info("asks in the store whether formation {} lives", step.number());
      return written(FormationWrites.challenge(step, self.seat()));
    }

    @Override
    public Behavior<Command> answer(FormationStep.Answer step) {
      getContext()
          .pipeToSelf(
              parts.store().commit(FormationWrites.answer(step, self.seat())),
              (outcome, failure) -> new Answered(Optional.ofNullable(failure)));
      return Formation.this;
    }

    @Override
    public Behavior<Command> settle(FormationStep.Settle step) {
      return Formation.this.settle(step.number(), step.version());
    }

    @Override
    public Behavior<Command> join(FormationStep.Join step) {
      getContext().getLog().info("joins formation {} by {}", step.number(), step.seats());
      joining = step.number();
      joiningVersion = step.version();
      joiningSince = now();
      inquiry.asksNoMore();
      List<Address> seeds = step.seats().stream().map(Formation.this::address).toList();
      cluster.manager().tell(new JoinSeedNodes(seeds));
      lookAgain(settings.askAgain());
      return Formation.this;
    }

    @Override
    public Behavior<Command> introduce(FormationStep.Introduce step) {
      return written(FormationWrites.introduce(self));
    }

    /** And looks again, whatever came of it. */
    private Behavior<Command> written(Transaction transaction) {
      getContext()
          .pipeToSelf(
              parts.store().commit(transaction),
              (outcome, failure) ->
                  failure == null ? new Introduced(outcome) : new NotWritten(failure));
      return Formation.this;
    }

    @Override
    public Behavior<Command> await(FormationStep.Wait step) {
      getContext().getLog().debug("waits: {}", step.reason());
      lookAgain(settings.askAgain());
      return Formation.this;
    }

    @Override
    public Behavior<Command> stay(FormationStep.Stay step) {
      lookAgain(settings.look());
      return Formation.this;
    }

    @Override
    public Behavior<Command> restart(FormationStep.Restart step) {
      return leave(step.reason());
    }
  }
}
