package io.ordinal.controller.api.watch;

import io.ordinal.controller.api.call.Answer;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.http.javadsl.model.ws.TextMessage;
import org.apache.pekko.http.javadsl.model.ws.WebSocketUpgrade;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * Sends the events of a watch: in one answer without end, or to clients that ask for it, such as
 * fabric8's, each in a message of a WebSocket.
 */
final class WatchAnswer {
  private WatchAnswer() {}

  static boolean isUpgrade(HttpRequest request) {
    return request.getAttribute(AttributeKeys.webSocketUpgrade).isPresent();
  }

  static HttpResponse of(HttpRequest request, Source<ByteString, NotUsed> events) {
    Optional<WebSocketUpgrade> upgrade = request.getAttribute(AttributeKeys.webSocketUpgrade);
    if (upgrade.isEmpty()) return Answer.streamed(ContentTypes.APPLICATION_JSON, events);
    Source<Message, NotUsed> messages = events.map(event -> TextMessage.create(event.utf8String()));
    // What the client says means nothing; that it goes ends the watch, and the other way round.
    Flow<Message, Message, NotUsed> both =
        Flow.fromSinkAndSourceCoupled(Sink.<Message>ignore(), messages);
    return upgrade.get().handleMessagesWith(both);
  }
}
