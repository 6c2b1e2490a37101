package io.ordinal.bench;

import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.agent.NodeInventory;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** A node that hosts nothing: registers, and renews its lease as a real one does. */
final class SimulatedNode extends AbstractBehavior<SimulatedNode.Command> {
  sealed interface Command {}

  private record Told(AgentCommand command) implements Command {}

  private record Tick() implements Command {}

  private final NodeName name;
  private final ActorRef<FrontDoorRequest> door;
  private final LongAdder granted;
  private final ActorRef<AgentCommand> self;
  private final UUID state = UUID.randomUUID();
  private Optional<Session> session = Optional.empty();
  private long sequence;

  /**
   * @param granted counts the renewals that were granted
   * @param phase before the first of them
   */
  static Behavior<Command> create(
      String name,
      ActorRef<FrontDoorRequest> door,
      LongAdder granted,
      Duration renewal,
      Duration phase) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerAtFixedRate(new Tick(), phase, renewal);
                  return new SimulatedNode(context, new NodeName(name), door, granted);
                }));
  }

  private SimulatedNode(
      ActorContext<Command> context,
      NodeName name,
      ActorRef<FrontDoorRequest> door,
      LongAdder granted) {
    super(context);
    this.name = name;
    this.door = door;
    this.granted = granted;
    this.self = context.messageAdapter(AgentCommand.class, Told::new);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Told.class, this::onTold)
        .onMessage(Tick.class, this::onTick)
        .build();
  }

  private Behavior<Command> onTold(Told told) {
    if (told.command() instanceof AgentCommand.Welcome welcome)
      session = Optional.of(welcome.session());
    if (told.command() instanceof AgentCommand.Granted) granted.increment();
    return this;
  }

  private Behavior<Command> onTick(Tick tick) {
    session.ifPresentOrElse(
        known -> door.tell(new FrontDoorRequest.Renew(known, ++sequence, self)), this::hello);
    return this;
  }

  private void hello() {
    NodeInventory inventory =
        new NodeInventory(
            "192.0.2.1",
            Map.of("cpu", "2", "memory", "8Gi", "pods", "250"),
            Map.of("kubernetes.io/hostname", name.value()),
            Map.of("kubeletVersion", "simulated"));
    door.tell(
        new FrontDoorRequest.Hello(
            name,
            state,
            "simulated",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            inventory,
            List.of(),
            self));
  }
}
