package io.ordinal.controller.node.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.model.SessionRecord;
import io.ordinal.protocol.id.MachineId;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.Session;
import io.ordinal.protocol.wire.UndecodableMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionCodecTest {
  private static final Session SESSION =
      new Session(new NodeName("alpha"), new UUID(1, 2), "boot-1", 42);
  private static final String SESSION_HEX =
      "0a370a05616c706861122430303030303030302d303030302d303030312d303030302d30303030303030303030"
          + "30321a06626f6f742d31202a";
  private static final SessionRecord READY =
      SessionRecord.opened(SESSION, Optional.empty(), "10.0.0.1", "agent", Duration.ofSeconds(6));

  @Test
  void records_come_back_as_they_were() {
    Optional<MachineId> machine = Optional.of(new MachineId("m"));
    for (SessionRecord record :
        List.of(
            READY,
            READY.fenced(),
            READY.closed(),
            READY.resting(9),
            READY.off(),
            READY.on(machine))) {
      assertThat(SessionCodec.decode(SessionCodec.encode(record))).isEqualTo(record);
    }
    assertThat(SessionCodec.decodeLatest(SessionCodec.encodeLatest(SESSION))).isEqualTo(SESSION);
    assertThat(SessionCodec.decodeNumber(SessionCodec.encodeNumber(Long.MAX_VALUE)))
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void bytes_are_those_that_were_released() {
    assertThat(hex(SessionCodec.encode(READY.fenced())))
        .isEqualTo(SESSION_HEX + "1002" + "1a0831302e302e302e31" + "22056167656e74" + "38f02e");
    assertThat(hex(SessionCodec.encodeLatest(SESSION))).isEqualTo(SESSION_HEX);
    assertThat(hex(SessionCodec.encodeLease(300, Instant.ofEpochMilli(5))))
        .isEqualTo("08ac02" + "1005");
    assertThat(hex(SessionCodec.encodeNumber(42))).isEqualTo("082a");
  }

  @Test
  void a_renewal_tells_its_time_unless_it_is_from_before_that_was_kept() {
    Instant time = Instant.parse("2026-11-20T10:00:00.123Z");
    byte[] now = SessionCodec.encodeLease(7, time);
    byte[] before = HexFormat.of().parseHex("08ac02");
    assertThat(SessionCodec.decodeLease(now)).isEqualTo(7);
    assertThat(SessionCodec.decodeRenewed(now)).contains(time);
    assertThat(SessionCodec.decodeLease(before)).isEqualTo(300);
    assertThat(SessionCodec.decodeRenewed(before)).isEmpty();
  }

  @Test
  void a_session_whose_lease_was_not_kept_gets_a_long_one() {
    String before = SESSION_HEX + "1001" + "1a0831302e302e302e31" + "22056167656e74";
    assertThat(SessionCodec.decode(HexFormat.of().parseHex(before)).lease())
        .isGreaterThan(Duration.ofSeconds(30));
  }

  @Test
  void a_record_without_session_or_standing_is_an_error() {
    assertThatThrownBy(() -> SessionCodec.decode(new byte[0]))
        .isInstanceOf(UndecodableMessage.class)
        .hasMessageContaining("session");
    assertThatThrownBy(() -> SessionCodec.decode(HexFormat.of().parseHex(SESSION_HEX)))
        .isInstanceOf(UndecodableMessage.class)
        .hasMessageContaining("standing");
    assertThatThrownBy(() -> SessionCodec.decodeLatest(new byte[] {1, 2, 3}))
        .isInstanceOf(UndecodableMessage.class);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
