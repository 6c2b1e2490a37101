package io.ordinal.agent.exec;

import io.ordinal.protocol.agent.StreamAnswer;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/** Opens streams, each with a {@link StreamWorker}, as long as there are not too many. */
public final class StreamRoom extends AbstractBehavior<StreamRoom.Command> {
  /** What the room is told. */
  public sealed interface Command {}

  /** Opens a stream; the asker is answered. */
  public record Open(StreamTarget target, ActorRef<StreamAnswer> replyTo) implements Command {}

  private final StreamParts parts;
  private int open;
  private long numbers;

  /**
   * @param nanoTime monotonic
   */
  public static Behavior<Command> create(MachineEndpoints endpoints, LongSupplier nanoTime) {
    return create(new StreamParts(endpoints, endpoints.settings(), endpoints.threads(), nanoTime));
  }

  static Behavior<Command> create(StreamParts parts) {
    return Behaviors.setup(context -> new StreamRoom(context, parts));
  }

  private StreamRoom(ActorContext<Command> context, StreamParts parts) {
    super(context);
    this.parts = parts;
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Open.class, this::onOpen)
        .onSignal(Terminated.class, this::onTerminated)
        .build();
  }

  private Behavior<Command> onOpen(Open message) {
    if (message.target() instanceof StreamTarget.Nothing) {
      message.replyTo().tell(new StreamAnswer.Opened(getContext().getSystem().ignoreRef()));
    } else if (open >= parts.settings().most()) {
      String why = "too many streams are open on this node: at most " + parts.settings().most();
      message.replyTo().tell(new StreamAnswer.Refused(why));
    } else {
      open++;
      ActorRef<StreamWorker.Command> worker =
          getContext()
              .spawn(
                  StreamWorker.create(
                      message.target(),
                      parts,
                      peer -> message.replyTo().tell(new StreamAnswer.Opened(peer))),
                  "stream-" + numbers++);
      getContext().watch(worker);
    }
    return this;
  }

  private Behavior<Command> onTerminated(Terminated signal) {
    open--;
    return this;
  }
}
