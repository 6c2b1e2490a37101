package io.ordinal.agent.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.ordinal.agent.state.LifeName;
import io.ordinal.protocol.id.Incarnation;
import io.ordinal.protocol.id.ReplicaId;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FloorsTest {
  private static final ReplicaId DB = new ReplicaId("default", "db-0");

  private static LifeName life(long incarnation) {
    return new LifeName(DB, new Incarnation(incarnation));
  }

  @Test
  void a_floor_on_its_way_to_the_disk_forbids_but_proves_nothing() {
    Floors floors = new Floors(Map.of());
    floors.wanted(life(7));
    assertThat(floors.forbid(life(7))).isTrue();
    assertThat(floors.forbid(life(6))).isTrue();
    assertThat(floors.over(life(7))).isFalse();
    assertThat(floors.forbid(life(8))).isFalse();
    floors.written(life(7));
    assertThat(floors.over(life(7))).isTrue();
  }

  @Test
  void floors_never_sink() {
    Floors floors = new Floors(Map.of(DB, new Incarnation(9)));
    floors.wanted(life(3));
    floors.written(life(3));
    assertThat(floors.over(life(9))).isTrue();
    assertThat(floors.forbid(life(10))).isFalse();
  }
}
