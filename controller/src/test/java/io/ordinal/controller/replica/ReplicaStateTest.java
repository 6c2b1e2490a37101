package io.ordinal.controller.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ordinal.controller.model.NodeStanding.Standing;
import io.ordinal.controller.replica.ReplicaState.Pending;
import io.ordinal.controller.replica.ReplicaState.Placed;
import io.ordinal.controller.replica.ReplicaState.Releasing;
import io.ordinal.controller.replica.ReplicaState.Stay;
import io.ordinal.controller.replica.ReplicaState.Vacant;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.NodeName;
import io.ordinal.protocol.id.Revision;
import io.ordinal.protocol.id.Session;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReplicaStateTest {
  private static final Session ONE = session(1, 7);
  private static final PodDocument POD = new PodDocument(ReplicaWorld.podOfSet());
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void incarnations_rise_with_every_life_whatever_the_revisions_are(long seed) {
    Random random = new Random((seed + 1) * 0x9E3779B97F4A7C15L);
    ReplicaState.Vacant vacant = Vacant.FRESH;
    Incarnation last = Incarnation.NONE;
    long revision = 0;
    for (int life = 0; life < 20; life++) {
      revision += random.nextInt(3);
      Pending pending = begin(vacant, revision);
      assertThat(pending.incarnation()).as("seed %d", seed).isGreaterThan(last);
      last = pending.incarnation();
      vacant = pending.withdraw(POD).vacate();
    }
  }

  @Test
  void only_the_agents_own_word_about_this_life_proves_its_end() {
    Releasing releasing = placed(false).release(NOW, POD);
    Incarnation life = releasing.incarnation();
    for (ProofOfEnd none :
        new ProofOfEnd[] {
          new ProofOfEnd.AgentsWord(session(2, 7), life),
          new ProofOfEnd.AgentsWord(ONE, new Incarnation(life.value() + 1)),
          new ProofOfEnd.SessionOver(ONE, Standing.FENCED)
        }) {
      assertThatThrownBy(() -> releasing.gone(none, POD))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(releasing.gone(new ProofOfEnd.AgentsWord(ONE, life), POD).incarnation())
        .isEqualTo(life);
  }

  @Test
  void the_end_of_its_session_proves_the_end_of_a_fenced_life_only() {
    Releasing fenced = placed(true).release(NOW, POD);
    assertThatThrownBy(() -> fenced.gone(new ProofOfEnd.SessionOver(ONE, Standing.READY), POD))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(fenced.gone(new ProofOfEnd.SessionOver(ONE, Standing.CLOSED), POD).incarnation())
        .isEqualTo(fenced.incarnation());
  }

  @Test
  void only_a_kept_life_goes_on_under_the_next_session_of_the_same_state_directory() {
    Session next = session(2, 7);
    assertThat(placed(false).adopt(next).stay().session()).isEqualTo(next);
    assertThatThrownBy(() -> placed(true).adopt(next)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> placed(false).adopt(session(2, 8)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> placed(false).adopt(ONE)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void stopping_is_hastened_and_never_delayed() {
    Releasing releasing = placed(false).release(NOW.plusSeconds(30), POD);
    assertThat(releasing.hasten(NOW, POD).stopBy()).isEqualTo(NOW);
    assertThatThrownBy(() -> releasing.hasten(NOW.plusSeconds(31), POD))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Placed placed(boolean fenced) {
    return begin(Vacant.FRESH, 5).place(new Stay(ONE, fenced, 0), Map.of(), POD);
  }

  private static Pending begin(Vacant vacant, long revision) {
    return vacant.begin(new Revision(revision), life -> POD, Optional.empty());
  }

  private static Session session(long number, long state) {
    return new Session(new NodeName("node-a"), new UUID(0, state), "boot", number);
  }
}
