package io.ordinal.controller.replica.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.replica.Basis;
import io.ordinal.controller.replica.ClaimBinding;
import io.ordinal.controller.replica.PodDocument;
import io.ordinal.controller.replica.ReplicaState;
import io.ordinal.controller.replica.ReplicaState.Ended;
import io.ordinal.controller.replica.ReplicaState.Life;
import io.ordinal.controller.replica.ReplicaState.Pending;
import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.controller.replica.ReplicaState.Releasing;
import io.ordinal.controller.replica.ReplicaState.Stay;
import io.ordinal.controller.replica.ReplicaState.Vacant;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.Session;
import io.ordinal.protocol.id.SetKey;
import io.ordinal.protocol.id.Term;
import io.ordinal.protocol.wire.UndecodableMessage;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StoredReplicaCodecTest {
  private static final Map<String, ClaimBinding> CLAIMS =
      Map.of("data-web-0", new ClaimBinding("c-1", "pvc-c-1", "local", "node-a"));
  private static final Life LIFE =
      new Life(
          new PodDocument("{}".getBytes(UTF_8)),
          Optional.of(new Basis(new Term(3), new SetKey("shop", "web"), "s-1", 7)));
  private static final Stay STAY =
      new Stay(new Session(new NodeName("node-a"), new UUID(1, 2), "boot", 5), true, 4);
  private static final Incarnation TWELVE = new Incarnation(12);

  /** A released record of a releasing life; it must stay readable. */
  private static final String GOLDEN =
      "0804100c1a2b0a0a646174612d7765622d30121d0a03632d3112077076632d632d311a056c6f6361"
          + "6c22066e6f64652d6122027b7d2a140803120473686f701a037765622203732d312807323c0a360a"
          + "066e6f64652d61122430303030303030302d303030302d303030312d303030302d30303030303030"
          + "30303030321a04626f6f742005100118043880e497d012";

  private final StoredReplicaCodec codec = new StoredReplicaCodec();

  @Test
  void every_state_survives_the_store() {
    for (ReplicaState state :
        List.of(
            new Vacant(TWELVE, CLAIMS),
            new Pending(TWELVE, Map.of(), LIFE),
            new Pending(TWELVE, Map.of(), new Life(LIFE.pod(), Optional.empty())),
            new Placed(TWELVE, CLAIMS, LIFE, STAY),
            releasing(),
            new Ended(TWELVE, CLAIMS, LIFE))) {
      assertThat(codec.decode(codec.encode(state))).isEqualTo(state);
    }
  }

  @Test
  void a_released_record_stays_readable_and_is_still_what_is_written() {
    assertThat(HexFormat.of().formatHex(codec.encode(releasing()))).isEqualTo(GOLDEN);
    assertThat(codec.decode(HexFormat.of().parseHex(GOLDEN))).isEqualTo(releasing());
  }

  @Test
  void what_is_no_record_is_refused() {
    assertThatThrownBy(() -> codec.decode(new byte[0])).isInstanceOf(UndecodableMessage.class);
    assertThatThrownBy(() -> codec.decode(new byte[] {8, 2})) // Pending without a pod.
        .isInstanceOf(UndecodableMessage.class);
    assertThatThrownBy(() -> codec.decode(new byte[] {1})).isInstanceOf(UndecodableMessage.class);
  }

  private static Releasing releasing() {
    return new Releasing(TWELVE, CLAIMS, LIFE, STAY, Instant.ofEpochMilli(5_000_000_000L));
  }
}
