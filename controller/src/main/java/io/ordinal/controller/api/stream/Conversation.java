package io.ordinal.controller.api.stream;

import io.ordinal.protocol.agent.StreamMessage;
import org.apache.pekko.util.ByteString;

/** What a connection with a client is about. Everything runs on one thread at a time. */
interface Conversation {
  /** The connection stands. */
  void begin(Line line);

  /** From the client: bytes of a stream, or one message. */
  void received(ByteString bytes);

  /** Whether more may be received now; asked again whenever something changed. */
  boolean thirsty();

  /** From a node. */
  void told(StreamMessage message);

  /** Now and then. */
  void beat();

  /** The connection is over, whoever ended it; nothing may be sent any more. */
  void over();
}
