package io.ordinal.controller.api.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ordinal.protocol.agent.StreamMessage;
import io.ordinal.protocol.agent.StreamPurpose.Wanted;
import io.ordinal.protocol.agent.StreamTerms;
import io.ordinal.protocol.agent.StreamWord;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ProcessConversationTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Wanted PIPES = new Wanted(true, true, true, false);
  private static final Wanted TERMINAL = new Wanted(true, true, false, true);

  private final TestProbe<StreamMessage> agent = KIT.createTestProbe();
  private final AtomicLong nanos = new AtomicLong();

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  private ClientWire client(Wanted wanted) {
    return new ClientWire(
        KIT,
        agent,
        new ProcessConversation(
            new ChannelDialect(true), wanted, agent.ref(), ClientWire.SETTINGS, nanos::get));
  }

  private static ClientWire begun(ClientWire client) {
    assertThat(client.heard()).isInstanceOf(StreamWord.Begin.class);
    assertThat(client.heard()).isEqualTo(new StreamWord.Credit(StreamWord.OUTPUT, 64));
    assertThat(client.heard()).isEqualTo(new StreamWord.Credit(StreamWord.ERRORS, 64));
    return client;
  }

  private static ByteString bytes(String text) {
    return ByteString.fromString(text);
  }

  private static ByteString channel(int channel, String text) {
    return ByteString.fromArray(new byte[] {(byte) channel}).concat(bytes(text));
  }

  @Test
  void output_and_the_exit_code_reach_the_client_in_order() throws Exception {
    ClientWire client = begun(client(PIPES));
    client.say(new StreamWord.Data(StreamWord.OUTPUT, 0, bytes("out")));
    client.say(new StreamWord.Data(StreamWord.ERRORS, 0, bytes("err")));
    client.say(new StreamWord.Exited(7));

    assertThat(client.receive()).contains(channel(1, "out"));
    assertThat(client.receive()).contains(channel(2, "err"));
    assertThat(client.receive().orElseThrow().utf8String())
        .startsWith("\3{\"metadata\":{},\"status\":\"Failure\"")
        .contains("\"reason\":\"NonZeroExitCode\"", "{\"reason\":\"ExitCode\",\"message\":\"7\"}");
    assertThat(client.receive()).isEmpty();
  }

  @Test
  void input_goes_as_far_as_the_node_allows_and_its_end_follows() {
    ClientWire client = begun(client(PIPES));
    client.send(channel(0, "0123456789"));
    client.send(ByteString.fromArray(new byte[] {(byte) 255, 0}));
    client.say(new StreamWord.Credit(StreamWord.INPUT, 4));
    assertThat(client.heard()).isEqualTo(new StreamWord.Data(StreamWord.INPUT, 0, bytes("0123")));
    client.say(new StreamWord.Credit(StreamWord.INPUT, 100));
    assertThat(client.heard()).isEqualTo(new StreamWord.Data(StreamWord.INPUT, 4, bytes("456789")));
    assertThat(client.heard()).isEqualTo(new StreamWord.End(StreamWord.INPUT, 10));
  }

  @Test
  void the_node_may_send_on_what_the_client_has_taken() throws Exception {
    ClientWire client = begun(client(PIPES));
    client.say(new StreamWord.Data(StreamWord.OUTPUT, 0, bytes("x".repeat(64))));
    assertThat(client.receive()).isPresent();
    assertThat(client.heard()).isEqualTo(new StreamWord.Credit(StreamWord.OUTPUT, 128));
  }

  @Test
  void a_terminal_begins_when_its_size_is_known() {
    ClientWire client = client(TERMINAL);
    client.send(channel(4, "{\"Width\":100,"));
    client.send(channel(4, "\"Height\":40}\n"));
    assertThat(client.heard()).isEqualTo(new StreamWord.Resize(100, 40));
    begun(client);
    client.send(channel(4, "{\"Width\":0,\"Height\":40} nonsense {\"Width\":7,\"Height\":8}"));
    assertThat(client.heard()).isEqualTo(new StreamWord.Resize(7, 8));
  }

  @Test
  void of_many_sizes_the_node_is_told_some_and_the_latest() {
    ClientWire client = client(TERMINAL);
    for (int columns = 1; columns <= 50; columns++) {
      client.send(channel(4, "{\"Width\":" + columns + ",\"Height\":40}"));
    }
    int told = 0;
    for (int latest = 0; latest < 50; ) {
      if (client.heard() instanceof StreamWord.Resize size) {
        latest = size.columns();
        told++;
      }
    }
    assertThat(told).isBetween(1, 10);
  }

  @Test
  void a_client_that_takes_no_replies_is_not_listened_to_without_end() throws Exception {
    Duration brief = Duration.ofMillis(1);
    Duration ever = Duration.ofMinutes(10);
    StreamSettings patient =
        new StreamSettings(
            5,
            3,
            new StreamTerms(64, 16, ever.dividedBy(2), ever),
            ever,
            ever,
            ever,
            ever,
            brief,
            ever);
    ConversationStage stage =
        new ConversationStage(
            new ProcessConversation(
                new SpdyDialect(PIPES), PIPES, agent.ref(), patient, nanos::get),
            patient,
            new AtomicInteger());
    AtomicInteger read = new AtomicInteger();
    var replies =
        Source.range(0, 9_999)
            .map(
                number -> {
                  read.incrementAndGet();
                  return SpdyClient.control(6, 2 * number + 1);
                })
            .via(stage)
            .runWith(Sink.<ByteString>queue(), KIT.system());
    await().during(Duration.ofMillis(200)).until(() -> read.get() < 100);
    for (int frames = 0; frames < 1_000; frames++) { // And is again once it takes them.
      assertThat(replies.pull().toCompletableFuture().get(3, TimeUnit.SECONDS)).isPresent();
    }
    replies.cancel();
  }

  @Test
  void a_client_that_hangs_up_leaves_nothing_running() {
    ClientWire client = begun(client(PIPES));
    client.hangUp();
    assertThat(client.heard()).isInstanceOf(StreamWord.Failed.class);
  }

  @Test
  void output_that_was_lost_on_the_way_is_told_and_not_papered_over() throws Exception {
    ClientWire client = begun(client(PIPES));
    client.say(new StreamWord.Data(StreamWord.OUTPUT, 3, bytes("late")));
    assertThat(client.receive().orElseThrow().utf8String())
        .contains("\"status\":\"Failure\"", "output was lost on the way");
    assertThat(client.heard()).isInstanceOf(StreamWord.Failed.class);
  }

  @Test
  void a_node_that_is_not_heard_of_any_more_is_told() throws Exception {
    ClientWire client = begun(client(PIPES));
    nanos.addAndGet(ClientWire.SETTINGS.terms().silence().toNanos());
    agent.receiveMessage(); // A beat: that much is borne.
    agent.receiveMessage();
    nanos.incrementAndGet();
    assertThat(client.receive().orElseThrow().utf8String())
        .contains("the node was not heard of any more");
    assertThat(client.receive()).isEmpty();
  }

  @Test
  void over_spdy_nothing_begins_before_every_stream_stands() throws Exception {
    SpdyClient spdy = new SpdyClient();
    ClientWire client =
        new ClientWire(
            KIT,
            agent,
            new ProcessConversation(
                new SpdyDialect(PIPES), PIPES, agent.ref(), ClientWire.SETTINGS, nanos::get));
    client.send(spdy.open(1, Map.of("streamtype", "error")));
    client.send(spdy.open(3, Map.of("streamtype", "stdin")));
    client.send(spdy.open(5, Map.of("streamtype", "stdout")));
    agent.expectNoMessage(java.time.Duration.ofMillis(50));
    client.send(spdy.open(7, Map.of("streamtype", "stderr")));
    begun(client);
    client.say(new StreamWord.Data(StreamWord.ERRORS, 0, bytes("err")));
    client.say(new StreamWord.Exited(0));
    ByteString all = ByteString.emptyByteString();
    for (var part = client.receive(); part.isPresent(); part = client.receive()) {
      all = all.concat(part.get());
    }
    assertThat(all.utf8String()).contains("err", "{\"metadata\":{},\"status\":\"Success\"}");
    assertThat(all.containsSlice(SpdyClient.data(7, "err", false))).isTrue();
  }

  @Test
  void over_spdy_a_client_that_opens_too_few_streams_is_told() throws Exception {
    ClientWire client =
        new ClientWire(
            KIT,
            agent,
            new ProcessConversation(
                new SpdyDialect(PIPES), PIPES, agent.ref(), ClientWire.SETTINGS, nanos::get));
    client.send(new SpdyClient().open(1, Map.of("streamtype", "error")));
    ByteString all = ByteString.emptyByteString();
    for (var part = client.receive(); part.isPresent(); part = client.receive()) {
      all = all.concat(part.get());
    }
    assertThat(all.utf8String()).contains("timed out waiting for client to create streams");
  }
}
