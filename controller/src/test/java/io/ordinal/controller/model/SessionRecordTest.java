package io.ordinal.controller.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.Session;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SessionRecordTest {
  private static final SessionRecord READY =
      SessionRecord.opened(
          new Session(new NodeName("alpha"), new UUID(1, 2), "boot", 7),
          Optional.empty(),
          "10.0.0.1",
          "agent-1",
          Duration.ofSeconds(6));

  @Test
  void a_grant_never_lasts_shorter_than_a_node_was_told() {
    Duration six = Duration.ofSeconds(6);
    assertThat(READY.lastingAtLeast(Duration.ofSeconds(2)).lease()).isEqualTo(six);
    assertThat(READY.lastingAtLeast(Duration.ofSeconds(9)).lease()).isEqualTo(six.plusSeconds(3));
  }

  private static final Map<Standing, SessionRecord> ALL =
      Map.of(
          Standing.READY, READY,
          Standing.RESTING, READY.resting(10),
          Standing.FENCED, READY.fenced(),
          Standing.CLOSED, READY.closed(),
          Standing.OFF, READY.off());

  @Test
  void only_the_legal_moves_exist() {
    legal(record -> record.resting(10), Standing.RESTING, Set.of(Standing.READY));
    legal(record -> record.armed(11), Standing.READY, Set.of(Standing.RESTING));
    legal(SessionRecord::fenced, Standing.FENCED, Set.of(Standing.READY));
    legal(SessionRecord::closed, Standing.CLOSED, Set.of(Standing.READY, Standing.RESTING));
    legal(
        SessionRecord::off,
        Standing.OFF,
        Set.of(Standing.READY, Standing.RESTING, Standing.FENCED, Standing.CLOSED));
  }

  @Test
  void a_word_from_before_the_rest_does_not_end_it() {
    assertThat(READY.resting(10).mayBeArmed(9)).isFalse();
    assertThat(READY.resting(10).mayBeArmed(11)).isTrue();
  }

  @Test
  void only_a_session_that_is_over_frees_lives_and_kept_ones_only_when_the_machine_is_off() {
    for (Standing standing : Standing.values()) {
      assertThat(standing.frees(true)).as("fenced, %s", standing).isEqualTo(standing.over());
      assertThat(standing.frees(false))
          .as("kept, %s", standing)
          .isEqualTo(standing == Standing.OFF);
      assertThat(standing.takesLives() && standing.over()).as("%s", standing).isFalse();
    }
  }

  private static void legal(UnaryOperator<SessionRecord> move, Standing into, Set<Standing> outOf) {
    for (Standing standing : List.of(Standing.values())) {
      SessionRecord record = ALL.get(standing);
      if (outOf.contains(standing)) {
        assertThat(move.apply(record).standing()).isEqualTo(into);
      } else {
        assertThatThrownBy(() -> move.apply(record))
            .as("%s to %s", standing, into)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining(standing.toString());
      }
    }
  }
}
