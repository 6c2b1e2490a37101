package io.ordinal.controller.node;

import io.ordinal.controller.event.EventNote;
import io.ordinal.controller.event.Events;
import io.ordinal.controller.store.ObjectStore;
import io.ordinal.controller.store.StoreUnavailable;
import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.AgentEvent;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.id.Session;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where agents knock, one on every controller, under {@link FrontDoorRequest#ACTOR_NAME}. Keeps
 * nothing: any of them may be asked at any time. An agent is believed when its answers go to the
 * machine that joined under the node's name.
 */
public final class FrontDoor extends AbstractBehavior<FrontDoorRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);

  private final Lives lives;
  private final Hearers hearers;
  private final Events events;
  private final ActorRef<Registrar.Command> registrar;
  private final ActorRef<Renewals.Command> renewals;
  private final Rests rests;
  private final Doorkeeper doorkeeper;
  private final Credence credence;

  /**
   * @param admission who may speak for a node
   */
  public static Behavior<FrontDoorRequest> create(
      ObjectStore store,
      Lives lives,
      Hearers hearers,
      Admission admission,
      Events events,
      Origins origins,
      NodeSettings settings) {
    InstantSource clock = origins.clock();
    Supplier<UUID> uids = origins.uids();
    return Behaviors.setup(
        context -> {
          ActorRefResolver references = ActorRefResolver.get(context.getSystem());
          ActorRef<Registrar.Command> registrar =
              context.spawn(
                  Registrar.create(store, lives, events, clock, uids, settings), "registrar");
          ActorRef<Renewals.Command> renewals =
              context.spawn(
                  Renewals.create(
                      store,
                      settings,
                      each -> references.toSerializationFormat(each.agent()),
                      clock),
                  "renewals");
          Rests rests = new Rests(store);
          Doorkeeper doorkeeper = new Doorkeeper(admission, context.getSystem());
          return new FrontDoor(
              context,
              new Ports(lives, hearers, events, doorkeeper, new Credence(store, clock, settings)),
              registrar,
              renewals,
              rests);
        });
  }

  /**
   * What is not decided here.
   *
   * @param uids fresh uids for Node objects
   */
  public record Origins(InstantSource clock, Supplier<UUID> uids) {}

  private record Ports(
      Lives lives, Hearers hearers, Events events, Doorkeeper doorkeeper, Credence credence) {}

  private FrontDoor(
      ActorContext<FrontDoorRequest> context,
      Ports ports,
      ActorRef<Registrar.Command> registrar,
      ActorRef<Renewals.Command> renewals,
      Rests rests) {
    super(context);
    this.lives = ports.lives();
    this.hearers = ports.hearers();
    this.events = ports.events();
    this.registrar = registrar;
    this.renewals = renewals;
    this.rests = rests;
    this.doorkeeper = ports.doorkeeper();
    this.credence = ports.credence();
  }

  @Override
  public Receive<FrontDoorRequest> createReceive() {
    return newReceiveBuilder()
        .onMessage(FrontDoorRequest.Hello.class, this::onHello)
        .onMessage(FrontDoorRequest.Renew.class, this::onRenew)
        .onMessage(FrontDoorRequest.Confirm.class, this::onConfirm)
        .onMessage(FrontDoorRequest.Refresh.class, this::onRefresh)
        .onMessage(FrontDoorRequest.Report.class, this::onReport)
        .onMessage(FrontDoorRequest.Happened.class, this::onHappened)
        .onMessage(FrontDoorRequest.VolumeRemoved.class, this::onVolumeRemoved)
        .onMessage(FrontDoorRequest.Rest.class, this::onRest)
        .onMessage(FrontDoorRequest.Armed.class, this::onArmed)
        .onMessage(FrontDoorRequest.Injected.class, this::onInjected)
        .build();
  }

  private Behavior<FrontDoorRequest> onHello(FrontDoorRequest.Hello hello) {
    doorkeeper.admit(
        hello.node(),
        hello.agent(),
        () -> registrar.tell(new Registrar.Register(hello)),
        reason -> hello.agent().tell(new AgentCommand.NotNow(reason)));
    return this;
  }

  private Behavior<FrontDoorRequest> onRenew(FrontDoorRequest.Renew renewal) {
    doorkeeper.admit(
        renewal.session().node(), renewal.agent(), () -> renewals.tell(new Renewals.Ask(renewal)));
    return this;
  }

  /** Answers from the future's thread: nothing of this actor is touched. */
  private Behavior<FrontDoorRequest> onConfirm(FrontDoorRequest.Confirm confirm) {
    doorkeeper.admit(
        confirm.session().node(),
        confirm.agent(),
        () ->
            lives
                .confirm(confirm.session(), confirm.replica(), confirm.incarnation())
                .whenComplete((order, failure) -> answer(confirm, order, failure)));
    return this;
  }

  /** Not answered when something is missing, or nothing is known: the agent asks again. */
  private Behavior<FrontDoorRequest> onRefresh(FrontDoorRequest.Refresh asked) {
    doorkeeper.admit(
        asked.session().node(),
        asked.agent(),
        () ->
            lives
                .renewed(asked.session(), asked.replica(), asked.incarnation())
                .thenAccept(
                    files ->
                        asked
                            .agent()
                            .tell(
                                new AgentCommand.Refreshed(
                                    asked.replica(), asked.incarnation(), files)))
                .exceptionally(
                    failure -> {
                      LOG.debug("files of {} age: {}", asked.replica(), failure.toString());
                      return null;
                    }));
    return this;
  }

  private Behavior<FrontDoorRequest> onReport(FrontDoorRequest.Report report) {
    doorkeeper.admit(
        report.session().node(),
        report.agent(),
        () -> Reports.pass(lives, report.session(), report.status(), report.agent()));
    return this;
  }

  private Behavior<FrontDoorRequest> onHappened(FrontDoorRequest.Happened happened) {
    AgentEvent event = happened.event();
    EventNote note =
        new EventNote(
            NodeEvents.about(happened.replica(), happened.podUid(), event.container()),
            event.warning(),
            event.reason(),
            event.message(),
            NodeEvents.AGENT,
            happened.session().node().value());
    credence.hear(happened.session(), () -> events.record(note));
    return this;
  }

  private Behavior<FrontDoorRequest> onVolumeRemoved(FrontDoorRequest.VolumeRemoved removed) {
    Session session = removed.session();
    credence.hear(
        session,
        () -> hearers.volumes().removed(session.node(), removed.volume(), removed.obstacle()));
    return this;
  }

  private Behavior<FrontDoorRequest> onRest(FrontDoorRequest.Rest rest) {
    doorkeeper.admit(rest.session().node(), rest.agent(), () -> rests.rest(rest));
    return this;
  }

  private Behavior<FrontDoorRequest> onArmed(FrontDoorRequest.Armed armed) {
    doorkeeper.admit(armed.session().node(), armed.agent(), () -> rests.armed(armed));
    return this;
  }

  private Behavior<FrontDoorRequest> onInjected(FrontDoorRequest.Injected injected) {
    if (injected.session().isEmpty()) {
      hear(injected);
      return this;
    }
    Session session = injected.session().get();
    if (session.node().value().equals(injected.member())) {
      credence.hear(session, () -> hear(injected));
    }
    return this;
  }

  private void hear(FrontDoorRequest.Injected injected) {
    LOG.info(injected.inWords());
    hearers.drills().injected(injected);
  }

  private void answer(
      FrontDoorRequest.Confirm confirm, Optional<LifeOrder> order, Throwable failure) {
    if (failure == null) {
      confirm
          .agent()
          .tell(
              order
                  .<AgentCommand>map(AgentCommand.Confirmed::new)
                  .orElseGet(
                      () -> new AgentCommand.Over(confirm.replica(), confirm.incarnation())));
      return;
    }
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    // No answer: the agent asks again. Its replica tells what the order lacks.
    boolean expected = cause instanceof Lives.OrderIncomplete || cause instanceof StoreUnavailable;
    if (!expected) {
      LOG.warn("{} cannot be given to its node", confirm.replica(), cause);
    }
  }
}
