package io.ordinal.controller.api.stream;

import io.ordinal.protocol.agent.StreamMessage;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;

/**
 * A connection to a client, as its conversation sees it. Everything runs on one thread at a time.
 */
interface Line {
  /** Sends bytes after those before; {@code taken} runs when the connection has taken them. */
  void send(ByteString bytes, Runnable taken);

  /**
   * Sends what a client's own bytes ask for. A client that takes none of it is not listened to any
   * more at some point.
   */
  void reply(ByteString bytes);

  /** Closes the connection in good order once everything was sent. */
  void finish();

  /** Where agents answer. */
  ActorRef<StreamMessage> self();

  /** Has the outcome handled here. */
  <T> void await(CompletionStage<T> stage, BiConsumer<T, Throwable> then);

  /** Runs something later here, unless the connection is over by then. */
  void after(Duration delay, Runnable what);
}
