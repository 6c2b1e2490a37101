package io.ordinal.controller.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.cluster.FormationMessage;
import io.ordinal.controller.cluster.Seat;
import io.ordinal.protocol.wire.UndecodableMessage;
import java.util.HexFormat;
import java.util.Map;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class FormationSerializerTest {
  private static final ActorSystem<Void> SYSTEM = ActorSystem.create(Behaviors.empty(), "golden");
  private static final ActorRef<FormationMessage.Answer> ASKER =
      ActorRefResolver.get(SYSTEM).resolveActorRef("pekko://golden/user/asker#1");
  private static final Map<String, FormationMessage> MESSAGES =
      Map.of(
          "formation-question",
          new FormationMessage.Question(ASKER),
          "formation-answer",
          new FormationMessage.Answer(new Seat("10.0.0.1:7650", 5), 3));

  /** Bytes as they were first released; what decodes them must never stop doing so. */
  private static final Map<String, String> GOLDEN =
      Map.of(
          "formation-question",
          "0a1b70656b6b6f3a2f2f676f6c64656e2f757365722f61736b65722331",
          "formation-answer",
          "0a0d31302e302e302e313a3736353010051803");

  private final FormationSerializer serializer =
      new FormationSerializer((ExtendedActorSystem) Adapter.toClassic(SYSTEM));

  @AfterAll
  static void close() {
    SYSTEM.terminate();
  }

  @Test
  void every_message_has_the_bytes_that_were_released() {
    assertThat(MESSAGES).hasSize(FormationMessage.class.getPermittedSubclasses().length);
    MESSAGES.forEach(
        (manifest, message) -> {
          assertThat(serializer.manifest(message)).isEqualTo(manifest);
          byte[] bytes = serializer.toBinary(message);
          assertThat(HexFormat.of().formatHex(bytes)).as(manifest).isEqualTo(GOLDEN.get(manifest));
          assertThat(serializer.fromBinary(bytes, manifest)).isEqualTo(message);
        });
  }

  @Test
  void it_is_the_one_that_pekko_uses() {
    MESSAGES.forEach(
        (manifest, message) ->
            assertThat(
                    SerializationExtension.get(Adapter.toClassic(SYSTEM))
                        .findSerializerFor(message))
                .isInstanceOf(FormationSerializer.class));
  }

  @Test
  void what_is_missing_or_unknown_is_refused() {
    assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "formation-question"))
        .isInstanceOf(UndecodableMessage.class);
    assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "formation-answer"))
        .isInstanceOf(UndecodableMessage.class);
    assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "gossip"))
        .isInstanceOf(UndecodableMessage.class);
  }
}
