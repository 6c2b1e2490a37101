package io.ordinal.controller.api.stream;

import io.ordinal.protocol.agent.StreamMessage;
import io.ordinal.protocol.agent.StreamTerms;
import io.ordinal.protocol.agent.StreamWord;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.apache.pekko.util.ByteString;

/** A client's end of a conversation, and the agent's end of its first stream. */
final class ClientWire {
  static final StreamSettings SETTINGS =
      new StreamSettings(
          5,
          3,
          new StreamTerms(64, 16, Duration.ofMillis(100), Duration.ofSeconds(1)),
          Duration.ofMillis(1),
          Duration.ofMillis(500),
          Duration.ofSeconds(1),
          Duration.ofMillis(200),
          Duration.ofMillis(100),
          Duration.ofMillis(600));
  private static final int QUEUE = 64;

  final TestProbe<StreamMessage> agent;
  private final SourceQueueWithComplete<ByteString> to;
  private final SinkQueueWithCancel<ByteString> from;
  private ActorRef<StreamMessage> controller;

  ClientWire(ActorTestKit kit, TestProbe<StreamMessage> agent, Conversation conversation) {
    this.agent = agent;
    var ends =
        Source.<ByteString>queue(QUEUE, OverflowStrategy.backpressure())
            .via(new ConversationStage(conversation, SETTINGS, new AtomicInteger()))
            .toMat(Sink.<ByteString>queue(), Keep.both())
            .run(kit.system());
    this.to = ends.first();
    this.from = ends.second();
  }

  void send(ByteString bytes) {
    to.offer(bytes);
  }

  void hangUp() {
    to.complete();
    from.cancel();
  }

  /** Empty when the connection was closed. */
  Optional<ByteString> receive() throws Exception {
    return from.pull().toCompletableFuture().get(3, TimeUnit.SECONDS);
  }

  /** The next word at the agent that is not said merely to say something. */
  StreamWord heard() {
    while (true) {
      StreamWord word = agent.receiveMessage().word();
      if (word instanceof StreamWord.Begin begin) controller = begin.peer();
      if (!(word instanceof StreamWord.Alive)) return word;
    }
  }

  void say(StreamWord word) {
    tell(1, word);
  }

  void tell(long stream, StreamWord word) {
    controller.tell(new StreamMessage(stream, word));
  }
}
