package io.ordinal.agent.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lives of several pods, and of another machine. */
class OwnerMarkTest {
  private static final ReplicaId A = new ReplicaId("test", "a-0");
  private static final ReplicaId B = new ReplicaId("test", "b-0");

  private static Optional<OwnerMark> taken(OwnerMark mark, ReplicaId by, long incarnation) {
    return mark.taken(by, new Incarnation(incarnation), 3);
  }

  @Test
  void what_another_machine_had_is_not_forgotten_when_one_of_here_takes_it() {
    OwnerMark carried = OwnerMark.NONE.atLeast(9);
    assertThat(taken(carried, A, 8)).isEmpty();
    OwnerMark ours = taken(carried, A, 12).orElseThrow();
    assertThat(taken(ours, B, 7)).as("older than the other machine's").isEmpty();
    assertThat(taken(ours, B, 10)).as("has nothing to do with a-0").isPresent();
    OwnerMark left = ours.left(A, new Incarnation(12)).atLeast(12);
    assertThat(taken(left, B, 7)).isEmpty();
    assertThat(taken(left, B, 10)).isPresent();
  }

  @Test
  void a_mark_of_an_older_release_says_it_with_no_identity() {
    OwnerMark old = new OwnerMark(9, "", Map.of(), Map.of(), null);
    assertThat(taken(taken(old, A, 12).orElseThrow(), B, 7)).isEmpty();
    OwnerMark own = new OwnerMark(9, "test/a-0", Map.of(), Map.of(), null);
    assertThat(taken(own, B, 7)).isPresent();
  }
}
