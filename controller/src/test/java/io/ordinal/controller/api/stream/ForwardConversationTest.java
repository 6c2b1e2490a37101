package io.ordinal.controller.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.controller.api.http.Refusal;
import io.ordinal.protocol.agent.StreamMessage;
import io.ordinal.protocol.agent.StreamWord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ForwardConversationTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final int REPLY = 0x8003_0002;
  private static final int PING = 0x8003_0006;

  private final TestProbe<StreamMessage> agent = KIT.createTestProbe();
  private final SpdyClient spdy = new SpdyClient();
  private final AtomicLong nanos = new AtomicLong();
  private final ClientWire client =
      new ClientWire(
          KIT, agent, new ForwardConversation(this::opened, ClientWire.SETTINGS, nanos::get));

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  private CompletionStage<ActorRef<StreamMessage>> opened(int port) {
    return port == 80
        ? CompletableFuture.completedStage(agent.ref())
        : CompletableFuture.failedStage(Refusal.timeout("the agent of node a did not answer"));
  }

  private void open(int port) {
    Map<String, String> error = Map.of("streamtype", "error", "port", "" + port, "requestid", "0");
    Map<String, String> data = Map.of("streamtype", "data", "port", "" + port, "requestid", "0");
    client.send(spdy.open(1, error));
    client.send(SpdyClient.data(1, "", true));
    client.send(spdy.open(3, data));
  }

  /** The next data frame to the client. */
  private ByteString received() throws Exception {
    while (true) {
      ByteString frame = client.receive().orElseThrow();
      int kind = frame.toByteBuffer().getInt();
      if (kind != REPLY && kind != PING) return frame;
    }
  }

  @Test
  void bytes_go_both_ways_and_each_end_is_told_of_the_others() throws Exception {
    open(80);
    client.send(SpdyClient.data(3, "early", false));
    assertThat(client.heard()).isInstanceOf(StreamWord.Begin.class);
    assertThat(client.heard()).isInstanceOf(StreamWord.Credit.class);
    assertThat(client.heard()).isInstanceOf(StreamWord.Credit.class);
    client.say(new StreamWord.Credit(StreamWord.INPUT, 64));
    assertThat(client.heard())
        .isEqualTo(new StreamWord.Data(StreamWord.INPUT, 0, ByteString.fromString("early")));
    client.send(SpdyClient.data(3, "", true));
    assertThat(client.heard()).isEqualTo(new StreamWord.End(StreamWord.INPUT, 5));

    client.say(new StreamWord.Data(StreamWord.OUTPUT, 0, ByteString.fromString("answer")));
    client.say(new StreamWord.Exited(0));
    assertThat(received()).isEqualTo(SpdyClient.data(3, "answer", false));
    assertThat(received()).isEqualTo(SpdyClient.data(1, "", true));
    assertThat(received()).isEqualTo(SpdyClient.data(3, "", true));
  }

  @Test
  void what_cannot_be_reached_is_said_on_the_stream_for_errors() throws Exception {
    open(81);
    assertThat(received())
        .isEqualTo(SpdyClient.data(1, "Timeout: the agent of node a did not answer", true));
    assertThat(received()).isEqualTo(SpdyClient.data(3, "", true));
  }

  @Test
  void a_client_that_hangs_up_leaves_no_connection() {
    open(80);
    assertThat(client.heard()).isInstanceOf(StreamWord.Begin.class);
    client.hangUp();
    StreamWord last = client.heard();
    while (last instanceof StreamWord.Credit) last = client.heard();
    assertThat(last).isInstanceOf(StreamWord.Failed.class);
  }

  @Test
  void what_its_pod_takes_nothing_of_is_reset_and_holds_up_the_others_no_longer() throws Exception {
    open(80);
    assertThat(client.heard()).isInstanceOf(StreamWord.Begin.class);
    client.send(SpdyClient.data(3, "x".repeat(64), false)); // As much as may wait.
    client.send(spdy.open(5, Map.of("streamtype", "error", "port", "81", "requestid", "1")));
    client.send(spdy.open(7, Map.of("streamtype", "data", "port", "81", "requestid", "1")));
    agent.receiveMessage(); // What it may send.
    agent.receiveMessage();
    for (int beats = 0; beats < 3; beats++) agent.receiveMessage(); // It was full at the second.
    nanos.addAndGet(ClientWire.SETTINGS.stall().toNanos() + 1);
    assertThat(received()).isEqualTo(SpdyClient.data(1, "the pod takes nothing", true));
    assertThat(received()).isEqualTo(SpdyConnection.reset(3));
    assertThat(received())
        .isEqualTo(SpdyClient.data(5, "Timeout: the agent of node a did not answer", true));
  }

  @Test
  void a_client_that_opens_more_than_it_may_is_cut_off() throws Exception {
    open(80);
    for (int each = 1; each < 2 * ClientWire.SETTINGS.forwards(); each++) {
      String port = "" + (80 + each);
      client.send(
          spdy.open(3 + 2 * each, Map.of("streamtype", "data", "port", port, "requestid", port)));
    }
    Optional<ByteString> last = client.receive();
    while (last.isPresent()) last = client.receive();
    StreamWord word = client.heard();
    while (!(word instanceof StreamWord.Failed)) word = client.heard();
  }

  @Test
  void over_channels_each_port_is_named_and_its_bytes_go_both_ways() throws Exception {
    TestProbe<StreamMessage> node = KIT.createTestProbe();
    ClientWire java =
        new ClientWire(
            KIT,
            node,
            new ChannelForward(
                List.of(8080, 81),
                port -> port == 8080 ? CompletableFuture.completedStage(node.ref()) : opened(port),
                ClientWire.SETTINGS,
                nanos::get));
    for (int[] named : new int[][] {{0, 0x90, 0x1f}, {1, 0x90, 0x1f}, {2, 81, 0}, {3, 81, 0}}) {
      assertThat(java.receive()).contains(bytes(named));
    }
    assertThat(java.receive().orElseThrow().utf8String())
        .isEqualTo("\3Timeout: the agent of node a did not answer");
    assertThat(java.heard()).isInstanceOf(StreamWord.Begin.class);
    java.send(bytes(0, 'i', 'n'));
    assertThat(java.heard()).isInstanceOf(StreamWord.Credit.class);
    assertThat(java.heard()).isInstanceOf(StreamWord.Credit.class);
    java.tell(0, new StreamWord.Credit(StreamWord.INPUT, 64));
    assertThat(java.heard())
        .isEqualTo(new StreamWord.Data(StreamWord.INPUT, 0, ByteString.fromString("in")));
    java.tell(0, new StreamWord.Data(StreamWord.OUTPUT, 0, ByteString.fromString("out")));
    assertThat(java.receive()).contains(bytes(0, 'o', 'u', 't'));
    java.tell(0, new StreamWord.Exited(0));
    assertThat(java.receive()).isEmpty();
  }

  private static ByteString bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) values[i];
    return ByteString.fromArray(bytes);
  }
}
