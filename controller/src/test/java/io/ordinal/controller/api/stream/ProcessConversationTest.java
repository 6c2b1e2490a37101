package io.ordinal.controller.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.protocol.agent.StreamMessage;
import io.ordinal.protocol.agent.StreamPurpose.Wanted;
import io.ordinal.protocol.agent.StreamWord;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ProcessConversationTest {
  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Wanted PIPES = new Wanted(true, true, true, false);
  private static final Wanted TERMINAL = new Wanted(true, true, false, true);

  private final TestProbe<StreamMessage> agent = KIT.createTestProbe();

  @AfterAll
  static void shutDown() {
    KIT.shutdownTestKit();
  }

  private ClientWire client(Wanted wanted) {
    return new ClientWire(
        KIT,
        agent,
        new ProcessConversation(
            new ChannelDialect(true), wanted, agent.ref(), ClientWire.SETTINGS));
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
}
