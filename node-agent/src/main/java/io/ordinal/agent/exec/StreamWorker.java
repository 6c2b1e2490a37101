package io.ordinal.agent.exec;

import io.ordinal.protocol.agent.StreamMessage;
import io.ordinal.protocol.agent.StreamWord;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * The node's end of one stream: waits to be begun, opens what it leads to, and ends that when the
 * other end is gone. Stops by itself.
 */
final class StreamWorker extends AbstractBehavior<StreamWorker.Command> {
  sealed interface Command {}

  private record Heard(StreamMessage message) implements Command {}

  private record Opened(Endpoint endpoint) implements Command {}

  private record NotOpened(Throwable cause) implements Command {}

  private record Over(int code) implements Command {}

  private record OutputEnded() implements Command {}

  private record Written(long total) implements Command {}

  private record Beat() implements Command {}

  private record NotBegun() implements Command {}

  private record Resized() implements Command {}

  private final StreamTarget target;
  private final StreamParts parts;
  private final StreamSettings settings;
  private final TimerScheduler<Command> timers;
  private final Words words = new Words(this);

  private final Map<Integer, StreamWord.Credit> credits = new HashMap<>();

  private Conduit conduit = Conduit.NONE;
  private Optional<CompletionStage<Endpoint>> opening = Optional.empty();
  private ActorRef<StreamMessage> peer;
  private long stream;
  private long heardAt;
  private StreamWord.Resize wanted = new StreamWord.Resize(0, 0);
  private StreamWord.Resize given = wanted;
  private boolean resizing;

  /**
   * @param told hears once where words are to be sent
   */
  static Behavior<Command> create(
      StreamTarget target, StreamParts parts, Consumer<ActorRef<StreamMessage>> told) {
    return Behaviors.setup(
        context -> {
          told.accept(context.messageAdapter(StreamMessage.class, Heard::new));
          return Behaviors.withTimers(timers -> new StreamWorker(context, timers, target, parts));
        });
  }

  private StreamWorker(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      StreamTarget target,
      StreamParts parts) {
    super(context);
    this.timers = timers;
    this.target = target;
    this.parts = parts;
    this.settings = parts.settings();
    this.heardAt = parts.nanoTime().getAsLong();
    timers.startSingleTimer(new NotBegun(), settings.beginPatience());
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Heard.class, this::onHeard)
        .onMessage(Opened.class, this::onOpened)
        .onMessage(NotOpened.class, this::onNotOpened)
        .onMessage(Over.class, this::onOver)
        .onMessage(OutputEnded.class, this::onOutputEnded)
        .onMessage(Written.class, this::onWritten)
        .onMessage(Beat.class, this::onBeat)
        .onMessage(NotBegun.class, this::onNotBegun)
        .onMessage(Resized.class, this::onResized)
        .onSignal(PostStop.class, this::onPostStop)
        .build();
  }

  private Behavior<Command> onHeard(Heard message) {
    heardAt = parts.nanoTime().getAsLong();
    if (peer == null) stream = message.message().stream();
    return message.message().word().match(words);
  }

  Behavior<Command> begin(StreamWord.Begin begin) {
    if (peer != null) return this;
    peer = begin.peer();
    timers.cancel(new NotBegun());
    timers.startTimerWithFixedDelay(new Beat(), settings.terms().beat());
    given = wanted;
    CompletionStage<Endpoint> stage = parts.endpoints().open(target, given.columns(), given.rows());
    opening = Optional.of(stage);
    getContext()
        .pipeToSelf(
            stage,
            (endpoint, failure) -> failure == null ? new Opened(endpoint) : new NotOpened(failure));
    return this;
  }

  private Behavior<Command> onOpened(Opened message) {
    ActorRef<Command> self = getContext().getSelf();
    opening = Optional.empty();
    conduit =
        new Conduit(
            message.endpoint(),
            parts,
            new Conduit.Ears(
                this::say, () -> self.tell(new OutputEnded()), it -> self.tell(new Written(it))));
    credits.values().forEach(conduit::allow);
    conduit.begin();
    message
        .endpoint()
        .over()
        .whenComplete((code, lost) -> self.tell(new Over(code == null ? 137 : code)));
    say(new StreamWord.Credit(StreamWord.INPUT, settings.terms().window()));
    return resizeOnce();
  }

  private Behavior<Command> onNotOpened(NotOpened message) {
    boolean wrapped = message.cause() instanceof CompletionException;
    Throwable cause = wrapped ? message.cause().getCause() : message.cause();
    return fail(cause.getMessage() == null ? cause.toString() : cause.getMessage());
  }

  Behavior<Command> data(StreamWord.Data data) {
    return conduit.take(data) ? this : fail("input was lost on the way");
  }

  Behavior<Command> end(StreamWord.End end) {
    return conduit.endInput(end) ? this : fail("input was lost on the way");
  }

  /** May come before there is anything to send. */
  Behavior<Command> credit(StreamWord.Credit credit) {
    credits.put(credit.channel(), credit);
    conduit.allow(credit);
    return this;
  }

  Behavior<Command> resize(StreamWord.Resize size) {
    wanted = size;
    return resizeOnce();
  }

  /** One after the other, the latest only: each may cost a process, and clients send any number. */
  private Behavior<Command> resizeOnce() {
    if (resizing || peer == null || opening.isPresent() || wanted.equals(given)) return this;
    resizing = true;
    given = wanted;
    Conduit now = conduit;
    StreamWord.Resize size = given;
    ActorRef<Command> self = getContext().getSelf();
    parts
        .threads()
        .execute(
            () -> {
              try {
                now.resize(size);
              } finally {
                self.tell(new Resized());
              }
            });
    return this;
  }

  private Behavior<Command> onResized(Resized message) {
    resizing = false;
    return resizeOnce();
  }

  /** The other end gave up: nobody is to be told. */
  Behavior<Command> abandoned() {
    return Behaviors.stopped();
  }

  private Behavior<Command> onWritten(Written message) {
    say(new StreamWord.Credit(StreamWord.INPUT, message.total() + settings.terms().window()));
    return this;
  }

  private Behavior<Command> onOutputEnded(OutputEnded message) {
    conduit.outputEnded();
    return endIfOver();
  }

  private Behavior<Command> onOver(Over message) {
    conduit.over(message.code());
    timers.startTimerWithFixedDelay("drain", new Beat(), settings.drain());
    return endIfOver();
  }

  private Behavior<Command> endIfOver() {
    if (conduit.code().isEmpty()) return this;
    say(new StreamWord.Exited(conduit.code().getAsInt()));
    conduit = conduit.left();
    return Behaviors.stopped();
  }

  private Behavior<Command> onBeat(Beat message) {
    if (parts.nanoTime().getAsLong() - heardAt > settings.terms().silence().toNanos())
      return abandoned();
    say(new StreamWord.Alive());
    return endIfOver();
  }

  private Behavior<Command> onNotBegun(NotBegun message) {
    return abandoned();
  }

  private Behavior<Command> fail(String why) {
    say(new StreamWord.Failed(why));
    return abandoned();
  }

  private Behavior<Command> onPostStop(PostStop signal) {
    conduit.abandon();
    // Whoever is gone before it stands never takes it over.
    opening.ifPresent(stage -> stage.thenAccept(Endpoint::abandon));
    return this;
  }

  /** Also from the stream's own threads. */
  private void say(StreamWord word) {
    peer.tell(new StreamMessage(stream, word));
  }
}
