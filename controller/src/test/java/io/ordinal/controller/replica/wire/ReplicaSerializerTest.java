package io.ordinal.controller.replica.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.model.Verdict;
import io.ordinal.controller.replica.Basis;
import io.ordinal.controller.replica.ReplicaCommand;
import io.ordinal.controller.replica.ReplicaCommand.Predecessor;
import io.ordinal.controller.store.ObjectKey;
import io.ordinal.controller.store.ResourceName;
import io.ordinal.controller.store.StoredObject;
import io.ordinal.protocol.agent.LifeStatus;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.ReplicaId;
import io.ordinal.protocol.id.Revision;
import io.ordinal.protocol.id.Session;
import io.ordinal.protocol.id.SetKey;
import io.ordinal.protocol.id.Term;
import io.ordinal.protocol.wire.UndecodableMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.serialization.SerializationExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ReplicaSerializerTest {
  private static final ActorSystem<Void> SYSTEM = ActorSystem.create(Behaviors.empty(), "golden");
  private static final ActorRef<Verdict<StoredObject>> ASKER =
      ActorRefResolver.get(SYSTEM).resolveActorRef("pekko://golden/user/asker#1");
  private static final ActorRef<ReplicaCommand.Noted> REPORTER =
      ActorRefResolver.get(SYSTEM).resolveActorRef("pekko://golden/user/reporter#2");
  private static final ReplicaId WEB_0 = new ReplicaId("shop", "web-0");
  private static final Basis BASIS = new Basis(new Term(3), new SetKey("shop", "web"), "uid-1", 7);
  private static final Predecessor BEFORE =
      new Predecessor(new ReplicaId("shop", "web-lower"), "uid-2");
  private static final byte[] POD = "{}".getBytes(UTF_8);

  /** Bytes as they were first released; what decodes them must never stop doing so. */
  private static final Map<String, String> GOLDEN =
      Map.of(
          "end",
          "0a0d0a0473686f7012057765622d3012160803120473686f701a0377656222057569642d3128071a"
              + "05706f642d32220b7363616c656420646f776e2a1b70656b6b6f3a2f2f676f6c64656e2f75736572"
              + "2f61736b65722331",
          "report-noted",
          "0a0d0a0473686f7012057765622d30100c1804",
          "wake",
          "0a0d0a0473686f7012057765622d30",
          "try-later",
          "0a056c61746572");

  private final ReplicaSerializer serializer =
      new ReplicaSerializer((ExtendedActorSystem) Adapter.toClassic(SYSTEM));

  @AfterAll
  static void shutDown() {
    SYSTEM.terminate();
  }

  @Test
  void every_command_has_a_sample_here() {
    Set<Class<?>> sampled = samples().stream().map(Object::getClass).collect(Collectors.toSet());
    Set<Class<?>> commands =
        Arrays.stream(ReplicaCommand.class.getPermittedSubclasses())
            .filter(each -> each != ReplicaCommand.ToItself.class)
            .collect(Collectors.toSet());
    assertThat(sampled).containsAll(commands);
  }

  @Test
  void every_message_is_bound_to_this_serializer_and_survives_the_way() {
    var bound = SerializationExtension.get(Adapter.toClassic(SYSTEM));
    for (Object sample : samples()) {
      assertThat(bound.findSerializerFor(sample)).isInstanceOf(ReplicaSerializer.class);
      Object back = serializer.fromBinary(serializer.toBinary(sample), serializer.manifest(sample));
      assertThat(back).usingRecursiveComparison().isEqualTo(sample);
    }
  }

  @Test
  void released_bytes_stay_readable_and_are_still_what_is_written() {
    for (Object sample : samples()) {
      String golden = GOLDEN.get(serializer.manifest(sample));
      if (golden == null) continue;
      assertThat(HexFormat.of().formatHex(serializer.toBinary(sample)))
          .as(serializer.manifest(sample))
          .isEqualTo(golden);
    }
  }

  @Test
  void what_lacks_something_is_not_decoded() {
    for (String manifest : List.of("begin", "end", "reported", "done", "rejected", "wake")) {
      assertThatThrownBy(() -> serializer.fromBinary(new byte[0], manifest))
          .as(manifest)
          .isInstanceOf(UndecodableMessage.class);
    }
    assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "unheard-of"))
        .isInstanceOf(UndecodableMessage.class);
  }

  private static List<Object> samples() {
    StoredObject object =
        new StoredObject(
            new ObjectKey(new ResourceName("pods"), "shop", "web-0"),
            new Revision(9),
            new Revision(8),
            "pod-2",
            0,
            POD);
    LifeStatus status =
        new LifeStatus(
            WEB_0,
            new Incarnation(12),
            4,
            LifeStatus.Phase.RUNNING,
            true,
            Optional.of("127.64.0.2"),
            Optional.empty(),
            List.of(),
            List.of(),
            "",
            "",
            false);
    Session session = new Session(new NodeName("node-a"), new UUID(1, 2), "boot", 5);
    return List.of(
        new ReplicaCommand.Begin(WEB_0, BASIS, List.of(BEFORE), POD, List.of(POD, POD), ASKER),
        new ReplicaCommand.End(WEB_0, BASIS, "pod-2", "scaled down", ASKER),
        new ReplicaCommand.Amend(WEB_0, BASIS, new Revision(9), POD, List.of(), ASKER),
        new ReplicaCommand.Create(WEB_0, POD, ASKER),
        new ReplicaCommand.Edit(WEB_0, new Revision(9), POD, ASKER),
        new ReplicaCommand.Delete(
            WEB_0,
            Optional.of("pod-2"),
            Optional.of(new Revision(9)),
            Optional.of(Duration.ZERO),
            true,
            ASKER),
        new ReplicaCommand.Delete(
            WEB_0, Optional.empty(), Optional.empty(), Optional.empty(), false, ASKER),
        new ReplicaCommand.Reported(WEB_0, session, status, REPORTER),
        new ReplicaCommand.Noted(WEB_0, new Incarnation(12), 4),
        new ReplicaCommand.Wake(WEB_0),
        new Verdict.Done<>(object),
        new Verdict.Rejected<>(
            Verdict.Reason.INVALID,
            "no",
            List.of(new Verdict.Cause("FieldValueInvalid", "too many", "spec.replicas"))),
        new Verdict.TryLater<>("later"));
  }
}
