package io.ordinal.controller.api.stream;

import io.ordinal.controller.api.http.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.pekko.http.impl.engine.server.UpgradeToOtherProtocolResponseHeader;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.model.ws.BinaryMessage;
import org.apache.pekko.http.javadsl.model.ws.Message;
import org.apache.pekko.http.javadsl.model.ws.WebSocketUpgrade;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * What a client offers to speak on a connection that is to become another one, and what was chosen.
 *
 * @param webSocket otherwise it is SPDY
 * @param protocol as it is named to the client
 */
record Upgrade(HttpRequest request, boolean webSocket, String protocol) {
  private static final String SPDY = "SPDY/3.1";
  private static final String STREAM_PROTOCOL = "X-Stream-Protocol-Version";

  /**
   * @param overWebSocket in the order of preference
   * @param overSpdy the same
   */
  static Upgrade of(HttpRequest request, List<String> overWebSocket, List<String> overSpdy) {
    Optional<WebSocketUpgrade> upgrade = request.getAttribute(AttributeKeys.webSocketUpgrade);
    if (upgrade.isPresent()) {
      Iterable<String> offered = upgrade.get().getRequestedProtocols();
      List<String> listed = StreamSupport.stream(offered.spliterator(), false).toList();
      return new Upgrade(request, true, chosen(overWebSocket, listed));
    }
    boolean spdy = values(request, "Upgrade").contains(SPDY.toLowerCase(Locale.ROOT));
    if (!spdy) throw Refusal.badRequest("Upgrade request required");
    return new Upgrade(request, false, chosen(overSpdy, values(request, STREAM_PROTOCOL)));
  }

  private static List<String> values(HttpRequest request, String name) {
    List<String> values = new ArrayList<>();
    for (HttpHeader header : request.getHeaders()) {
      if (!header.is(name.toLowerCase(Locale.ROOT))) continue;
      for (String value : header.value().split(",")) {
        values.add(value.strip().toLowerCase(Locale.ROOT));
      }
    }
    return values;
  }

  private static String chosen(List<String> known, List<String> offered) {
    return known.stream()
        .filter(each -> offered.stream().anyMatch(each::equalsIgnoreCase))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.badRequest(
                    "unable to upgrade: unable to negotiate protocol: client supports ["
                        + String.join(" ", offered)
                        + "], server accepts ["
                        + String.join(" ", known)
                        + "]"));
  }

  HttpResponse accept(ConversationStage conversation) {
    return webSocket ? overWebSocket(conversation) : overSpdy(conversation);
  }

  private HttpResponse overWebSocket(ConversationStage conversation) {
    Flow<Message, Message, ?> messages =
        Flow.of(Message.class)
            .flatMapConcat(Upgrade::pieces)
            .via(conversation)
            .map(BinaryMessage::create);
    WebSocketUpgrade upgrade = request.getAttribute(AttributeKeys.webSocketUpgrade).orElseThrow();
    return upgrade.handleMessagesWith(messages, protocol);
  }

  /** Pekko HTTP has no public way to another protocol than WebSocket; its own takes this one. */
  private HttpResponse overSpdy(ConversationStage conversation) {
    Flow<ByteString, ByteString, Object> bytes =
        Flow.of(ByteString.class).via(conversation).mapMaterializedValue(nothing -> nothing);
    return HttpResponse.create()
        .withStatus(101)
        .addHeader(RawHeader.create("Upgrade", SPDY))
        .addHeader(org.apache.pekko.http.javadsl.model.headers.Connection.create("Upgrade"))
        .addHeader(RawHeader.create(STREAM_PROTOCOL, protocol))
        .addHeader(new UpgradeToOtherProtocolResponseHeader(bytes.asScala()));
  }

  /** One that comes in fragments is many, each with the channel that the first one names. */
  private static Source<ByteString, ?> pieces(Message message) {
    if (message.isText()) return Source.empty();
    BinaryMessage binary = message.asBinaryMessage();
    if (binary.isStrict()) return Source.single(binary.getStrictData());
    return binary
        .getStreamedData()
        .filter(part -> !part.isEmpty())
        .statefulMap(
            () -> ByteString.emptyByteString(),
            (channel, part) ->
                channel.isEmpty()
                    ? Pair.create(part.take(1), part)
                    : Pair.create(channel, channel.concat(part)),
            channel -> Optional.empty());
  }
}
