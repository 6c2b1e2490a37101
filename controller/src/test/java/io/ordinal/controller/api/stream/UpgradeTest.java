package io.ordinal.controller.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.protocol.agent.StreamPurpose.Wanted;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Holds Pekko HTTP to what it does not promise: its way to another protocol than WebSocket is a
 * class of its own innards.
 */
class UpgradeTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Wanted OUTPUT = new Wanted(false, true, false, false);
  private static final String ASK =
      """
      POST /exec HTTP/1.1\r
      Host: localhost\r
      Content-Length: 0\r
      Connection: Upgrade\r
      Upgrade: SPDY/3.1\r
      X-Stream-Protocol-Version: v4.channel.k8s.io\r
      X-Stream-Protocol-Version: v3.channel.k8s.io\r
      \r
      """;

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  private static HttpResponse answer(HttpRequest request) {
    ProcessConversation conversation =
        new ProcessConversation(
            new SpdyDialect(OUTPUT),
            OUTPUT,
            KIT.system().ignoreRef(),
            ClientWire.SETTINGS,
            System::nanoTime);
    return Upgrade.of(request, List.of(), List.of("v4.channel.k8s.io"))
        .accept(new ConversationStage(conversation, ClientWire.SETTINGS, new AtomicInteger()));
  }

  @Test
  void a_connection_becomes_one_of_spdy() throws Exception {
    ServerBinding server =
        Http.get(KIT.system())
            .newServerAt("127.0.0.1", 0)
            .bindSync(UpgradeTest::answer)
            .toCompletableFuture()
            .join();
    InetSocketAddress address = server.localAddress();
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout(5_000);
      OutputStream to = socket.getOutputStream();
      to.write(ASK.getBytes(StandardCharsets.US_ASCII));
      InputStream from = socket.getInputStream();
      assertThat(head(from))
          .startsWith("HTTP/1.1 101 ")
          .contains("Upgrade: SPDY/3.1", "X-Stream-Protocol-Version: v4.channel.k8s.io");
      to.write(new SpdyClient().open(1, Map.of("streamtype", "error")).toArray());
      ByteString reply = ByteString.fromArray(from.readNBytes(12));
      assertThat(reply.toByteBuffer().getInt()).isEqualTo(0x8003_0002);
      assertThat(reply.drop(8).toByteBuffer().getInt()).isEqualTo(1);
    } finally {
      server.unbind().toCompletableFuture().join();
    }
  }

  private static String head(InputStream from) throws Exception {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) head.append((char) from.read());
    return head.toString();
  }
}
