package io.ordinal.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.protocol.agent.AgentCommand;
import io.ordinal.protocol.agent.Fault;
import io.ordinal.protocol.agent.FrontDoorRequest;
import io.ordinal.protocol.agent.LifeOrder;
import io.ordinal.protocol.agent.LogChunk;
import io.ordinal.protocol.agent.NodeUsage;
import io.ordinal.protocol.agent.StreamAnswer;
import io.ordinal.protocol.agent.StreamMessage;
import io.ordinal.protocol.agent.StreamPurpose;
import io.ordinal.protocol.agent.StreamWord;
import io.ordinal.protocol.agent.VolumeOrder;
import io.ordinal.protocol.wire.v1.ConfirmedWire;
import io.ordinal.protocol.wire.v1.HelloWire;
import io.ordinal.protocol.wire.v1.SetFencedWire;
import io.ordinal.protocol.wire.v1.StopWire;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class AgentSerializerTest {
  private static final ActorSystem<Void> SYSTEM = ActorSystem.create(Behaviors.empty(), "golden");
  private static final ActorRefResolver REFS = ActorRefResolver.get(SYSTEM);
  private static final Samples SAMPLES =
      new Samples(
          REFS.resolveActorRef("pekko://golden/user/agent#1"),
          REFS.resolveActorRef("pekko://golden/user/reader#2"),
          REFS.resolveActorRef("pekko://golden/user/top#3"),
          REFS.resolveActorRef("pekko://golden/user/end#3"),
          REFS.resolveActorRef("pekko://golden/user/asker#4"));
  private final Serialization serialization = SerializationExtension.get(Adapter.toClassic(SYSTEM));
  private final AgentSerializer serializer =
      new AgentSerializer((ExtendedActorSystem) Adapter.toClassic(SYSTEM));

  @AfterAll
  static void shutDown() {
    SYSTEM.terminate();
  }

  @Test
  void every_message_is_bound_to_this_serializer_and_has_a_sample() throws IOException {
    Set<Class<?>> messages =
        Stream.of(
                Stream.of(FrontDoorRequest.class.getPermittedSubclasses()),
                Stream.of(AgentCommand.class.getPermittedSubclasses()),
                Stream.of(StreamAnswer.class.getPermittedSubclasses()),
                Stream.<Class<?>>of(LogChunk.class, NodeUsage.class, StreamMessage.class))
            .flatMap(each -> each)
            .collect(Collectors.toSet());
    assertThat(SAMPLES.full().values()).extracting(Object::getClass).hasSameElementsAs(messages);
    for (Class<?> message : messages) {
      assertThat(serialization.serializerFor(message)).isInstanceOf(AgentSerializer.class);
    }
  }

  @Test
  void every_message_has_a_manifest_of_its_own() {
    SAMPLES
        .full()
        .forEach(
            (manifest, message) -> assertThat(serializer.manifest(message)).isEqualTo(manifest));
  }

  @Test
  void messages_come_back_as_they_were() {
    Map<String, Object> comparable = new HashMap<>(SAMPLES.full());
    comparable.remove("log-chunk"); // Has an array inside: see below.
    assertThat(comparable.values()).allSatisfy(this::comesBack);
    assertThat(SAMPLES.extremes()).allSatisfy(this::comesBack);
  }

  @Test
  void bytes_of_logs_and_files_come_back_as_they_were() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) all[i] = (byte) i;

    LogChunk chunk =
        (LogChunk) back(new LogChunk(all, Long.MAX_VALUE, false, Optional.empty(), true));
    assertThat(chunk.complete()).isTrue();
    assertThat(chunk.lines()).isEqualTo(all);
    assertThat(chunk.next()).isEqualTo(Long.MAX_VALUE);
    assertThat(chunk.ended()).isFalse();
    assertThat(chunk.refusal()).isEmpty();

    Map<String, byte[]> files = Map.of("a/b", all, "empty", new byte[0]);
    LifeOrder order = withVolume(new VolumeOrder.Files("conf", files, 0644));
    AgentCommand.Confirmed confirmed =
        (AgentCommand.Confirmed) back(new AgentCommand.Confirmed(order));
    VolumeOrder.Files found = (VolumeOrder.Files) confirmed.order().volumes().get(0);
    assertThat(found.files()).containsOnlyKeys("a/b", "empty");
    assertThat(found.files().get("a/b")).isEqualTo(all);
    assertThat(found.mode()).isEqualTo(0644);
    assertThat(found.renewal()).isZero();

    AgentCommand.Refreshed refreshed =
        (AgentCommand.Refreshed)
            back(
                new AgentCommand.Refreshed(
                    order.replica(),
                    order.incarnation(),
                    List.of(new VolumeOrder.Files("t", files, 0600, Duration.ofMinutes(48)))));
    assertThat(refreshed.volumes().get(0).files().get("a/b")).isEqualTo(all);
    assertThat(refreshed.volumes().get(0).renewal()).isEqualTo(Duration.ofMinutes(48));
  }

  @Test
  void bytes_are_those_that_were_released() throws IOException {
    Properties golden = new Properties();
    try (InputStream file = getClass().getResourceAsStream("agent-golden.properties")) {
      golden.load(file);
    }
    Map<String, String> found = new HashMap<>();
    SAMPLES
        .full()
        .forEach(
            (name, message) ->
                found.put(name, HexFormat.of().formatHex(serializer.toBinary(message))));
    assertThat(found).isEqualTo(golden);
  }

  @Test
  void what_is_not_known_is_passed_over() {
    byte[] start = serializer.toBinary(new AgentCommand.Start(Samples.WEB_0, Samples.SEVEN));
    byte[] later = HexFormat.of().parseHex(HexFormat.of().formatHex(start) + "9a06016e");
    assertThat(serializer.fromBinary(later, "start"))
        .isEqualTo(new AgentCommand.Start(Samples.WEB_0, Samples.SEVEN));
  }

  @Test
  void every_fault_comes_back_as_it_was() {
    assertThat(Samples.faults().stream().<Class<?>>map(Object::getClass))
        .containsExactlyInAnyOrder(Fault.class.getPermittedSubclasses());
    assertThat(Samples.faults())
        .allSatisfy(
            fault -> comesBack(new AgentCommand.Inject("d", fault, Duration.ofSeconds(30))));
  }

  @Test
  void every_word_and_purpose_of_a_stream_comes_back_as_it_was() {
    assertThat(SAMPLES.words().stream().<Class<?>>map(Object::getClass))
        .containsExactlyInAnyOrder(StreamWord.class.getPermittedSubclasses());
    assertThat(SAMPLES.words())
        .allSatisfy(word -> comesBack(new StreamMessage(Long.MAX_VALUE, word)));
    assertThat(Samples.purposes().stream().<Class<?>>map(Object::getClass))
        .containsExactlyInAnyOrder(StreamPurpose.class.getPermittedSubclasses());
    assertThat(Samples.purposes()).allSatisfy(purpose -> comesBack(SAMPLES.opening(purpose)));
  }

  @Test
  void what_is_needed_and_missing_is_an_error() {
    byte[] stopWithoutGrace =
        StopWire.newBuilder()
            .setReplica(Ids.toWire(Samples.WEB_0))
            .setIncarnation(7)
            .build()
            .toByteArray();
    byte[] helloWithoutInventory = HelloWire.newBuilder().setNode("alpha").build().toByteArray();
    byte[] emptyOrder = ConfirmedWire.getDefaultInstance().toByteArray();
    byte[] withoutWish =
        SetFencedWire.newBuilder().setReplica(Ids.toWire(Samples.WEB_0)).build().toByteArray();
    undecodable(stopWithoutGrace, "stop", "grace");
    undecodable(helloWithoutInventory, "hello", "inventory");
    undecodable(emptyOrder, "confirmed", "order");
    undecodable(new byte[0], "start", "replica");
    undecodable(new byte[0], "remove-volume", "volume");
    undecodable(new byte[0], "granted", "session");
    undecodable(new byte[0], "rest", "session");
    undecodable(new byte[0], "armed", "session");
    undecodable(new byte[0], "inject", "duration");
    undecodable(new byte[0], "revert", "drill");
    undecodable(new byte[0], "injected", "moment");
    undecodable(new byte[0], "open-stream", "replica");
    undecodable(new byte[0], "stream-opened", "end");
    undecodable(new byte[0], "stream", "word");
    undecodable(withoutWish, "set-fenced", "wish");
    undecodable(new byte[] {1, 2, 3}, "renew", "renew");
    undecodable(new byte[0], "gossip", "gossip");
  }

  private void undecodable(byte[] bytes, String manifest, String named) {
    assertThatThrownBy(() -> serializer.fromBinary(bytes, manifest))
        .isInstanceOf(UndecodableMessage.class)
        .hasMessageContaining(named);
  }

  private void comesBack(Object message) {
    assertThat(back(message)).isEqualTo(message);
  }

  private Object back(Object message) {
    return serializer.fromBinary(serializer.toBinary(message), serializer.manifest(message));
  }

  private static LifeOrder withVolume(VolumeOrder volume) {
    LifeOrder bare = Samples.bareOrder();
    return new LifeOrder(
        bare.replica(),
        bare.incarnation(),
        bare.session(),
        bare.podUid(),
        bare.fenced(),
        bare.hostname(),
        bare.set(),
        bare.ordinal(),
        bare.restartPolicy(),
        bare.terminationGrace(),
        bare.initContainers(),
        bare.containers(),
        List.of(volume),
        bare.labels(),
        bare.annotations(),
        bare.address());
  }
}
